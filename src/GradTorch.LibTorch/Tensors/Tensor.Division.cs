using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor div(Tensor target, RoundingMode rounding_mode = RoundingMode.None) =>
            rounding_mode == RoundingMode.None
                ? Aten.Call("div.Tensor", this, target)
                : Aten.Call("div.Tensor_mode", this, target, NameOf(rounding_mode));

        public Tensor div(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            rounding_mode == RoundingMode.None
                ? Aten.Call("div.Scalar", this, target)
                : Aten.Call("div.Scalar_mode", this, target, NameOf(rounding_mode));

        public Tensor div_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) =>
            Aten.CallInto(this, "div_.Tensor_mode", this, target, NameOf(rounding_mode));

        public Tensor div_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            Aten.CallInto(this, "div_.Scalar_mode", this, target, NameOf(rounding_mode));

        public Tensor divide(Tensor target, RoundingMode rounding_mode = RoundingMode.None) =>
            div(target, rounding_mode);
        public Tensor divide(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            div(target, rounding_mode);
        public Tensor divide_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) =>
            div_(target, rounding_mode);
        public Tensor divide_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            div_(target, rounding_mode);

        public Tensor true_divide(Tensor other) => div(other);
        public Tensor true_divide(Scalar other) => div(other);
        public Tensor true_divide_(Tensor other) => div_(other);
        public Tensor true_divide_(Scalar other) => div_(other);

        /// <summary>The quotient rounded towards minus infinity.</summary>
        public Tensor floor_divide(Tensor other) => Aten.Call("floor_divide", this, other);
        public Tensor floor_divide(Scalar other) => Aten.Call("floor_divide.Scalar", this, other);
        public Tensor floor_divide_(Tensor other) => Aten.CallInto(this, "floor_divide_.Tensor", this, other);
        public Tensor floor_divide_(Scalar other) => Aten.CallInto(this, "floor_divide_.Scalar", this, other);

        /// <summary>What is left of a floored division: it has the divisor's sign.</summary>
        public Tensor remainder(Tensor target) => Aten.Call("remainder.Tensor", this, target);
        public Tensor remainder(Scalar scalar) => Aten.Call("remainder.Scalar", this, scalar);
        public Tensor remainder_(Tensor target) => Aten.CallInto(this, "remainder_.Tensor", this, target);
        public Tensor remainder_(Scalar scalar) => Aten.CallInto(this, "remainder_.Scalar", this, scalar);

        /// <summary>What is left of a truncated division: it has the dividend's sign.</summary>
        public Tensor fmod(Tensor target) => Aten.Call("fmod.Tensor", this, target);
        public Tensor fmod(Scalar scalar) => Aten.Call("fmod.Scalar", this, scalar);
        public Tensor fmod_(Tensor target) => Aten.CallInto(this, "fmod_.Tensor", this, target);
        public Tensor fmod_(Scalar scalar) => Aten.CallInto(this, "fmod_.Scalar", this, scalar);

        private static string? NameOf(RoundingMode mode) => mode switch
        {
            RoundingMode.None => null,
            RoundingMode.trunc => "trunc",
            RoundingMode.floor => "floor",
            _ =>
            throw new ArgumentOutOfRangeException(nameof(mode), mode, "The rounding mode is None, trunc or floor."),
        };
    }
}
