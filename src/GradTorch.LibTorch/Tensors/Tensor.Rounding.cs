using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor abs() => Aten.Call("abs", this);
        public Tensor abs_() => Aten.CallInto(this, "abs_", this);
        public Tensor ceil() => Aten.Call("ceil", this);
        public Tensor ceil_() => Aten.CallInto(this, "ceil_", this);
        public Tensor floor() => Aten.Call("floor", this);
        public Tensor floor_() => Aten.CallInto(this, "floor_", this);
        public Tensor trunc() => Aten.Call("trunc", this);
        public Tensor trunc_() => Aten.CallInto(this, "trunc_", this);
        public Tensor frac() => Aten.Call("frac", this);
        public Tensor frac_() => Aten.CallInto(this, "frac_", this);
        public Tensor sign() => Aten.Call("sign", this);
        public Tensor sign_() => Aten.CallInto(this, "sign_", this);
        public Tensor sgn() => Aten.Call("sgn", this);
        public Tensor sgn_() => Aten.CallInto(this, "sgn_", this);
        public Tensor absolute() => abs();
        public Tensor absolute_() => abs_();
        public Tensor fix() => trunc();
        public Tensor fix_() => trunc_();
        public Tensor signbit() => Aten.Call("signbit", this);

        /// <summary>To the nearest, halves to even.</summary>
        /// <param name="decimals">Digits kept after the decimal point; negative ones round in front of it.</param>
        public Tensor round(long decimals = 0) => Aten.Call("round.decimals", this, decimals);
        public Tensor round_(long decimals = 0) => Aten.CallInto(this, "round_.decimals", this, decimals);

        public Tensor clamp(Scalar? min = null, Scalar? max = null) => Aten.Call("clamp", this, min, max);
        public Tensor clamp(Tensor? min = null, Tensor? max = null) => Aten.Call("clamp.Tensor", this, min, max);
        public Tensor clamp_(Scalar? min = null, Scalar? max = null) => Aten.CallInto(this, "clamp_", this, min, max);
        public Tensor clamp_(Tensor? min = null, Tensor? max = null) =>
            Aten.CallInto(this, "clamp_.Tensor", this, min, max);
        public Tensor clip(Scalar? min = null, Scalar? max = null) => clamp(min, max);
        public Tensor clamp_min(Scalar min) => Aten.Call("clamp_min", this, min);
        public Tensor clamp_min_(Scalar min) => Aten.CallInto(this, "clamp_min_", this, min);
        public Tensor clamp_max(Scalar max) => Aten.Call("clamp_max", this, max);
        public Tensor clamp_max_(Scalar max) => Aten.CallInto(this, "clamp_max_", this, max);

        /// <summary>Replaces NaN and the infinities; an infinity with no replacement becomes the largest or smallest
        /// number of the element type.</summary>
        public Tensor nan_to_num(double nan = 0, double? posinf = null, double? neginf = null) =>
            Aten.Call("nan_to_num", this, nan, posinf, neginf);
        public Tensor nan_to_num_(double nan = 0, double? posinf = null, double? neginf = null) =>
            Aten.CallInto(this, "nan_to_num_", this, nan, posinf, neginf);

        /// <summary>self = Mantissa · 2^Exponent, with 0.5 ≤ |Mantissa| &lt; 1.</summary>
        public (Tensor Mantissa, Tensor Exponent) frexp() => Aten.Call2("frexp.Tensor", this);
    }
}
