using static TorchSharp.torch;

namespace GradTorch.LibTorch.Tests.Operators;

/// <summary>How one operator is called. What it gives is in the fixtures, under the same name.</summary>
internal sealed record OperatorCase(string Name, Func<Tensor[], Tensor[]> Run)
{
    /// <summary>The in-place forms: they change and return the first input.</summary>
    public IReadOnlyList<Func<Tensor[], Tensor>> InPlace { get; init; } = [];

    /// <summary>Why there is no gradient to check. Without it the case is differentiated.</summary>
    public string? NotDifferentiable { get; init; }

    /// <summary>Other spellings, which give the same bits: operators, aliases, static functions.</summary>
    public IReadOnlyList<Func<Tensor[], Tensor[]>> Also { get; init; } = [];

    public override string ToString() => Name;
}

/// <summary>Writing a case in one line: <c>Of("add", x => x[0].add(x[1])).In(x => x[0].add_(x[1]))</c>.</summary>
internal static class OperatorCaseWriting
{
    public static OperatorCase Of(string name, Func<Tensor[], Tensor> run) => new(name, One(run));

    public static OperatorCase Of(string name, Func<Tensor[], (Tensor, Tensor)> run) => new(name, Two(run));

    public static OperatorCase Of(string name, Func<Tensor[], Tensor[]> run) => new(name, run);

    public static OperatorCase In(this OperatorCase it, Func<Tensor[], Tensor> inPlace) =>
        it with { InPlace = [.. it.InPlace, inPlace] };

    public static OperatorCase Or(this OperatorCase it, Func<Tensor[], Tensor> same) =>
        it with { Also = [.. it.Also, One(same)] };

    public static OperatorCase Or(this OperatorCase it, Func<Tensor[], (Tensor, Tensor)> same) =>
        it with { Also = [.. it.Also, Two(same)] };

    public static OperatorCase No(this OperatorCase it, string gradientBecause) =>
        it with { NotDifferentiable = gradientBecause };

    private static Func<Tensor[], Tensor[]> One(Func<Tensor[], Tensor> run) => x => [run(x)];

    private static Func<Tensor[], Tensor[]> Two(Func<Tensor[], (Tensor, Tensor)> run) => x =>
    {
        var (first, second) = run(x);
        return [first, second];
    };
}
