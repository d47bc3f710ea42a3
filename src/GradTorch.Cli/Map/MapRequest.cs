using System.Globalization;
using System.Text.RegularExpressions;
using GradTorch.Cli.Output;
using GradTorch.Configuration;
using GradTorch.Configuration.Fields;
using GradTorch.Studies;
using GradTorch.Studies.Maps;

namespace GradTorch.Cli.Map;

/// <summary>What the options of a map ask for.</summary>
internal static partial class MapRequest
{
    public const string StepsOption = "--steps";

    public const string StandardX = "model:init:gain=0.25..4", StandardY = "model:init:biasVariance=0..1", StandardCells = "64x64";

    /// <param name="run">Of the experiment without axes.</param>
    /// <exception cref="BadArgumentsException">The options are wrong in themselves, or the experiment is none for a map.</exception>
    /// <exception cref="ConfigurationException">The experiment does not take what the axes put into it.</exception>
    public static MapPlan Of(PlannedRun run, Invocation invocation)
    {
        var options = invocation.Options;
        var (x, y) = (MapRange.Of(options, "--x", StandardX), MapRange.Of(options, "--y", StandardY));
        if (x.Key.Equals(y.Key, StringComparison.OrdinalIgnoreCase))
            throw new BadArgumentsException($"--x and --y are both {x.Key}; give two keys");
        if (run.Experiment.Members.Vary.Keys is [var varied, ..])
        {
            throw new BadArgumentsException(
                $"{run.Experiment.Name} varies its members (members:vary: {varied.Path}), and those of a map are its cells; take members:vary out, or name the key in --x or --y instead");
        }
        RequireTaken(x, y, invocation);
        var (columns, rows) = Cells(options.Text("--cells") ?? StandardCells);
        var logarithmic = options.Choice("--log", ["x", "y", "both"]);
        var plan = new MapPlan(
            run.Experiment, Axis(x, columns, logarithmic is "x" or "both", run), Axis(y, rows, logarithmic is "y" or "both", run)) { Steps = Steps(options, run) };
        return plan.Networks <= MapPlan.MostNetworks ? plan : throw new BadArgumentsException(
            $"--cells: {columns}x{rows} with {NumberText.Plural(run.Experiment.Seeds.Count, "seed")} are {NumberText.Count(plan.Networks)} networks; allowed: up to {NumberText.Count(MapPlan.MostNetworks)}");
    }

    /// <summary>Loads the experiment with both ends of either axis as what its members vary, which finds all that can be wrong with
    /// them.</summary>
    private static void RequireTaken(MapRange x, MapRange y, Invocation invocation)
    {
        try
        {
            ExperimentLoader.Load(invocation.Word!, [.. invocation.Keys, .. KeysOf(x), .. KeysOf(y)]);
        }
        catch (ConfigurationException exception)
        {
            throw new ConfigurationException([.. exception.Errors.Select(error => OfAxis(error, x, y))]);
        }
    }

    private static string[] KeysOf(MapRange range) => [$"--members:vary:{range.Key}", range.List];

    /// <summary>What is wrong with a list is told of the option that it came from.</summary>
    private static ConfigurationError OfAxis(ConfigurationError error, params MapRange[] ranges)
    {
        const string Lists = "members:vary:";
        if (!error.Path.StartsWith(Lists, StringComparison.OrdinalIgnoreCase)) return error;
        var key = error.Path[Lists.Length..];
        var range = ranges.FirstOrDefault(range => range.Key.Equals(key, StringComparison.OrdinalIgnoreCase));
        return range is null ? error : error with { Path = key, Source = range.Option };
    }

    private static MapAxis Axis(MapRange range, int count, bool isLogarithmic, PlannedRun run)
    {
        var key = Section.Variation.Find(range.Key)!.Item.Path;
        if (!ExperimentSettings.IsUsed(run.Experiment, key))
            throw new BadArgumentsException($"{range.Option}: variant '{run.Variant?.Name}' has no use for {key}; take another key or variant");
        return isLogarithmic && range.From <= 0
            ? throw new BadArgumentsException(string.Create(
                CultureInfo.InvariantCulture, $"--log: {range.Option} begins at {range.From}; allowed on a logarithmic axis: a FROM above 0"))
            : new MapAxis(key, range.From, range.To, count, isLogarithmic);
    }

    private static long Steps(OptionValues options, PlannedRun run)
    {
        if (options.Text(StepsOption) is not { } value) return 0;
        var most = run.Plan.Steps;
        return long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var steps) && steps <= most ? steps
            : throw new BadArgumentsException(
                $"{StepsOption}: found '{value}'; allowed: 0 to {most.ToString(CultureInfo.InvariantCulture)}, the steps of the experiment's training (training:steps or training:epochs), by which its schedule goes");
    }

    private static (int Columns, int Rows) Cells(string text)
    {
        const int Least = 2, Most = 100_000;
        var match = SizePattern().Match(text);
        return match.Success && Size(match.Groups[1]) is >= Least and <= Most and var columns && Size(match.Groups[2]) is >= Least and <= Most and var rows
            ? (columns, rows)
            : throw new BadArgumentsException($"--cells: found '{text}'; allowed: NxM, N values of x by M of y, each 2 or more, as in {StandardCells}");
    }

    private static int Size(Group digits) => int.Parse(digits.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex("^([0-9]{1,6})x([0-9]{1,6})$")]
    private static partial Regex SizePattern();
}
