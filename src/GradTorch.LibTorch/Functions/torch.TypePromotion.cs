using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>The element type of arithmetic on the two tensors, by dimensions and categories.</summary>
    public static ScalarType result_type(Tensor tensor1, Tensor tensor2) =>
        (ScalarType)Aten.CallScalar("result_type.Tensor", tensor1, tensor2).ToSByte();

    /// <summary>The smallest element type that both convert to.</summary>
    public static ScalarType promote_types(ScalarType type1, ScalarType type2) =>
        (ScalarType)Aten.CallScalar("promote_types", type1, type2).ToSByte();

    /// <summary>Whether elements may be converted in place: not from complex to real, floating-point to integral, or
    /// anything to Boolean.</summary>
    public static bool can_cast(ScalarType from, ScalarType to) => Aten.CallBool("can_cast", from, to);
}
