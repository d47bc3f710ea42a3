namespace GradTorch.LibTorch.Tests.Operators;

/// <summary>All operators the binding has, by theme; each theme is one file here and one fixture file.</summary>
internal static partial class OperatorCases
{
    private const string Discrete = "the result is Boolean or an index";
    private const string Integral = "defined on integers and Booleans only";
    private const string NotIn113 = "libtorch 1.13 has no derivative of it";

    public static IReadOnlyDictionary<string, OperatorCase> ByName { get; } =
        new[] { Arithmetic, Pointwise, Reductions }.SelectMany(theme => theme)
            .ToDictionary(one => one.Name, StringComparer.Ordinal);
}
