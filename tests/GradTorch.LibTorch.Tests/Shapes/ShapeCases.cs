using TorchSharp.Interop;
using static TorchSharp.torch;

namespace GradTorch.LibTorch.Tests.Shapes;

/// <summary>How each operator of the fixtures is called, in all its spellings.</summary>
internal static partial class ShapeCases
{
    private static readonly Dictionary<string, Func<Tensor[], Tensor[]>[]> Cases = new(StringComparer.Ordinal);

    static ShapeCases()
    {
        Shapes();
        Slices();
        Joins();
        Gathers();
        Indices();
        Sorts();
        Products();
        Norms();
        Decompositions();
    }

    public static IReadOnlyDictionary<string, Func<Tensor[], Tensor[]>[]> ByName => Cases;

    /// <summary>Forms that give one tensor.</summary>
    private static void One(string name, params Func<Tensor[], Tensor>[] forms) =>
        Cases.Add(name, [.. forms.Select(form => (Func<Tensor[], Tensor[]>)(x => [form(x)]))]);

    /// <summary>Forms that give several.</summary>
    private static void Many(string name, params Func<Tensor[], Tensor[]>[] forms) => Cases.Add(name, forms);

    private static Tensor Copy(Tensor tensor) => Aten.Call("clone", tensor);

    private static Tensor[] List((Tensor, Tensor) pair) => [pair.Item1, pair.Item2];
}
