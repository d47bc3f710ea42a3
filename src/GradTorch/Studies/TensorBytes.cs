using GradTorch.Gradients;
using GradTorch.Runs;
using static TorchSharp.torch;

namespace GradTorch.Studies;

/// <summary>Tensors between memory and files.</summary>
internal static class TensorBytes
{
    private static readonly Dictionary<string, ScalarType> Types = new()
    {
        [TensorTypes.F64] = float64, [TensorTypes.F32] = float32, [TensorTypes.F16] = float16, [TensorTypes.Bf16] = bfloat16, [TensorTypes.I64] = int64,
    };

    /// <summary>The types of numbers that a tensor is made of.</summary>
    public static IEnumerable<string> FloatingPoint => Types.Keys.Where(type => type != TensorTypes.I64);

    public static StoredTensor Stored(Tensor tensor) =>
        new(Types.Single(type => type.Value == tensor.dtype).Key, tensor.shape, HostCopy.Bytes(tensor));

    /// <summary>On the CPU, in the type that it is stored in.</summary>
    /// <param name="stored">Of a type of <see cref="Types"/>.</param>
    public static Tensor Loaded(StoredTensor stored)
    {
        var tensor = empty(stored.Shape, Types[stored.Type], CPU);
        HostCopy.SetBytes(tensor, stored.Data.Span);
        return tensor;
    }
}
