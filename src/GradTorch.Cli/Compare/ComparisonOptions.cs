using System.Globalization;
using GradTorch.Analysis.Comparisons;
using GradTorch.Cli.Output;

namespace GradTorch.Cli.Compare;

/// <summary>What <c>compare</c> is asked for.</summary>
internal static class ComparisonOptions
{
    public static readonly VerbOption TargetOption = new("--target", "MEASURE=VALUE", "accuracy or loss to be reached: how many steps and seconds it took");

    /// <returns>Null where none is given.</returns>
    /// <exception cref="BadArgumentsException">It is not accuracy=VALUE or loss=VALUE.</exception>
    public static ComparedTarget? Target(OptionValues options)
    {
        if (options.Text(TargetOption.Name) is not { } text) return null;
        var parts = text.Split('=');
        if (parts is ["accuracy" or "loss", var value]
            && double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
        {
            if (parts[0] == "loss" || number is >= 0 and <= 1) return new ComparedTarget(parts[0] == "accuracy", number);
        }
        throw new BadArgumentsException($"--target: found '{text}'; allowed: accuracy=VALUE with a number from 0 to 1, or loss=VALUE");
    }

    public static ComparedMeasure? Measure(OptionValues options, ComparedTarget? target)
    {
        if (options.Choice("--by", [.. ComparedMeasure.All.Select(measure => measure.Name)]) is not { } name) return null;
        if (name == ComparedMeasure.Steps.Name && target is null)
            throw new BadArgumentsException("--by steps compares the steps to a target; give one, as in: --target accuracy=0.8");
        return ComparedMeasure.All.First(measure => measure.Name == name);
    }

    public static ComparisonPivot? Pivot(OptionValues options)
    {
        var (rows, columns, cell) = (options.Text("--rows"), options.Text("--columns"), options.Text("--cell"));
        if (rows is null && columns is null && cell is null) return null;
        if (rows is null || columns is null) throw new BadArgumentsException("a table by keys needs --rows KEY and --columns KEY");
        return new ComparisonPivot(
            ComparisonRow.Columns.Known("--rows", rows), ComparisonRow.Columns.Known("--columns", columns),
            cell is null ? null : ComparisonRow.Columns.Known("--cell", cell));
    }
}
