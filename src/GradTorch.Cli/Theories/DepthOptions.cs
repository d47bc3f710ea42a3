using System.Globalization;
using GradTorch.Configuration;
using GradTorch.Theory;

namespace GradTorch.Cli.Theories;

/// <summary>The options that say how many layers there are, and what goes over them.</summary>
/// <param name="Layers">Null where only the limit is asked for.</param>
/// <param name="InputMoment">E[x²].</param>
/// <param name="Skips">Null of an mlp.</param>
internal sealed record DepthOptions(int? Layers, double InputMoment, SkipPath? Skips)
{
    private const string Mlp = "mlp", Residual = "residual", Before = "before-activation", After = "after-activation";

    private const int MostLayers = 100_000, StandardLayers = 50;

    private static readonly string[] OfResidual = ["--every", "--join", "--scale"];

    /// <summary>Of other kinds, too.</summary>
    public static VerbOption Depth { get; } = new("--depth", "D", "hidden layers; 50 without it, but of mean-field's mlp none, only the limit");

    public static IReadOnlyList<VerbOption> All { get; } =
    [
        new("--model", $"{Mlp}|{Residual}", "what kind of net; mlp without it"),
        Depth,
        new("--input", "q", "second moment of the inputs, above 0; 1 without it, as of standardised ones"),
        new("--every", "k", "layers that each skip goes over, which divide the depth; 1 without it"),
        new("--join", $"{Before}|{After}", "where a skip joins; before the activation without it"),
        new("--scale", "s", "factor on what the layers add to the skip path, a number or 1/sqrt(depth); 1 without it"),
    ];

    /// <exception cref="BadArgumentsException">One is not allowed.</exception>
    public static DepthOptions Read(OptionValues options)
    {
        var model = options.Choice("--model", [Mlp, Residual]) ?? Mlp;
        var depth = options.Integer("--depth", 1, MostLayers);
        var inputMoment = options.PositiveNumber("--input") ?? 1;
        if (model == Mlp)
        {
            return OfResidual.FirstOrDefault(options.Has) is { } unused
                ? throw new BadArgumentsException($"{unused}: found with --model {Mlp}; allowed: with {Residual}")
                : new DepthOptions(depth, inputMoment, null);
        }
        var every = options.Integer("--every", 1, MostLayers) ?? 1;
        var layers = depth ?? Math.Max(1, StandardLayers / every) * every;
        if (layers % every != 0)
            throw new BadArgumentsException(FormattableString.Invariant($"--every: found {every} with --depth {layers}; allowed: what divides the depth"));
        var before = options.Choice("--join", [Before, After]) != After;
        return new DepthOptions(layers, inputMoment, new SkipPath(every, before, Scale(options).At(layers)));
    }

    private static BranchScale Scale(OptionValues options)
    {
        if (options.Text("--scale") is not { } value) return BranchScale.One;
        if (value == BranchScale.InverseRootDepth) return new BranchScale(null);
        return double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) && number > 0
            ? new BranchScale(number)
            : throw new BadArgumentsException($"--scale: found '{value}'; allowed: a number above 0, {BranchScale.InverseRootDepth}");
    }
}
