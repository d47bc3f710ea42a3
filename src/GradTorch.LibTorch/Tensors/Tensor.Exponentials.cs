using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor exp() => Aten.Call("exp", this);
        public Tensor exp_() => Aten.CallInto(this, "exp_", this);
        public Tensor exp2() => Aten.Call("exp2", this);
        public Tensor exp2_() => Aten.CallInto(this, "exp2_", this);
        public Tensor expm1() => Aten.Call("expm1", this);
        public Tensor expm1_() => Aten.CallInto(this, "expm1_", this);
        public Tensor log() => Aten.Call("log", this);
        public Tensor log_() => Aten.CallInto(this, "log_", this);
        public Tensor log2() => Aten.Call("log2", this);
        public Tensor log2_() => Aten.CallInto(this, "log2_", this);
        public Tensor log10() => Aten.Call("log10", this);
        public Tensor log10_() => Aten.CallInto(this, "log10_", this);
        public Tensor log1p() => Aten.Call("log1p", this);
        public Tensor log1p_() => Aten.CallInto(this, "log1p_", this);
        public Tensor sqrt() => Aten.Call("sqrt", this);
        public Tensor sqrt_() => Aten.CallInto(this, "sqrt_", this);
        public Tensor rsqrt() => Aten.Call("rsqrt", this);
        public Tensor rsqrt_() => Aten.CallInto(this, "rsqrt_", this);
        public Tensor sigmoid() => Aten.Call("sigmoid", this);
        public Tensor sigmoid_() => Aten.CallInto(this, "sigmoid_", this);

        public Tensor pow(Tensor exponent) => Aten.Call("pow.Tensor_Tensor", this, exponent);
        public Tensor pow(Scalar exponent) => Aten.Call("pow.Tensor_Scalar", this, exponent);
        public Tensor pow_(Tensor exponent) => Aten.CallInto(this, "pow_.Tensor", this, exponent);
        public Tensor pow_(Scalar exponent) => Aten.CallInto(this, "pow_.Scalar", this, exponent);

        /// <summary>The power in double precision, whatever the types are.</summary>
        public Tensor float_power(Tensor target) => Aten.Call("float_power.Tensor_Tensor", this, target);
        public Tensor float_power_(Tensor target) => Aten.CallInto(this, "float_power_.Tensor", this, target);

        /// <summary>ln(eˣ + eʸ) without overflow.</summary>
        public Tensor logaddexp(Tensor other) => Aten.Call("logaddexp", this, other);

        /// <summary>log₂(2ˣ + 2ʸ) without overflow.</summary>
        public Tensor logaddexp2(Tensor other) => Aten.Call("logaddexp2", this, other);

        /// <summary>x · ln y, and 0 where x is 0.</summary>
        public Tensor xlogy(Tensor y) => Aten.Call("xlogy.Tensor", this, y);
        public Tensor xlogy(Scalar y) => Aten.Call("xlogy.Scalar_Other", this, y);
        public Tensor xlogy_(Tensor y) => Aten.CallInto(this, "xlogy_.Tensor", this, y);
        public Tensor xlogy_(Scalar y) => Aten.CallInto(this, "xlogy_.Scalar_Other", this, y);

        /// <summary>ln(x / (1 − x)).</summary>
        /// <param name="eps">When given, x is clamped to [eps, 1 − eps] first.</param>
        public Tensor logit(double? eps = null) => Aten.Call("logit", this, eps);
        public Tensor logit_(double? eps = null) => Aten.CallInto(this, "logit_", this, eps);
    }
}
