using System.Globalization;
using GradTorch.Activations;

namespace GradTorch.Cli.Theories;

/// <summary>The options that say what a unit does, forwards and on the way back.</summary>
internal static class UnitOptions
{
    /// <summary>Keys of an activation, and the options for them.</summary>
    private static readonly (string Key, string Option)[] Parameters =
        [("slope", "--slope"), ("negativeSlope", "--negative-slope"), ("alpha", "--alpha")];

    public static IReadOnlyList<VerbOption> All { get; } =
    [
        new("--activation", "NAME", "activation of the hidden layers; tanh without it"),
        new("--slope", "n", "of tanh(nx), above 0; 1 without it"),
        new("--negative-slope", "s", "of leaky-relu below 0, 0 to 1; 0.01 without it"),
        new("--alpha", "a", "α of elu, above 0; 1 without it"),
        new("--backward", "NAME", "derivative on the way back, exact or a surrogate; exact without it"),
        new("--backward-scale", "k", "scale of the surrogate, above 0; its own default without it"),
    ];

    /// <exception cref="BadArgumentsException">A name is not known, a number not allowed, or an option of no use to what was named.</exception>
    public static Nonlinearity Read(OptionValues options)
    {
        var name = options.Choice("--activation", ActivationRegistry.Names) ?? "tanh";
        foreach (var (key, option) in Parameters)
        {
            var users = ActivationRegistry.UsersOf(key);
            if (options.Has(option) && !users.Contains(name))
                throw new BadArgumentsException($"{option}: found with --activation {name}; allowed: with {string.Join(", ", users)}");
        }
        var activation = ActivationRegistry.Create(name, new ActivationParameters
        {
            Slope = MemberValues.Uniform(options.PositiveNumber("--slope") ?? 1, members: 1),
            NegativeSlope = options.Number("--negative-slope", 0, 1) ?? 0.01,
            Alpha = options.PositiveNumber("--alpha") ?? 1,
        });
        return WithBackward(activation, options);
    }

    /// <summary>What <see cref="Read"/> read, as in <c>tanh, slope 2, backward arctan, k 2</c>.</summary>
    public static string Describe(OptionValues options)
    {
        var parts = new List<string> { options.Text("--activation") ?? "tanh" };
        foreach (var (_, option) in Parameters)
            if (options.Text(option) is { } value) parts.Add($"{option[2..].Replace('-', ' ')} {value}");
        if (options.Text("--backward") is { } backward and not BackwardRegistry.Exact)
        {
            var scale = options.Text("--backward-scale")
                ?? SurrogateRegistry.Find(backward).DefaultScale.ToString(CultureInfo.InvariantCulture);
            parts.Add($"backwards {backward}, k {scale}");
        }
        return string.Join(", ", parts);
    }

    private static Nonlinearity WithBackward(Activation activation, OptionValues options)
    {
        var name = options.Choice("--backward", BackwardRegistry.Names) ?? BackwardRegistry.Exact;
        if (name != BackwardRegistry.Exact)
        {
            var entry = SurrogateRegistry.Find(name);
            var scale = options.PositiveNumber("--backward-scale") ?? entry.DefaultScale;
            return new Nonlinearity(activation, entry.Surrogate, MemberValues.Uniform(scale, members: 1));
        }
        if (options.Has("--backward-scale"))
            throw new BadArgumentsException("--backward-scale: found with --backward exact; allowed: with a surrogate");
        return new Nonlinearity(activation);
    }

    /// <summary>An activation that learns a number gets what every layer starts from. Needs libtorch.</summary>
    public static Nonlinearity WithInitialParameter(this Nonlinearity nonlinearity)
    {
        if (nonlinearity.Forward is LearntActivation learnt) learnt.Learn();
        return nonlinearity;
    }
}
