using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor sin() => Aten.Call("sin", this);
        public Tensor sin_() => Aten.CallInto(this, "sin_", this);
        public Tensor cos() => Aten.Call("cos", this);
        public Tensor cos_() => Aten.CallInto(this, "cos_", this);
        public Tensor tan() => Aten.Call("tan", this);
        public Tensor tan_() => Aten.CallInto(this, "tan_", this);
        public Tensor asin() => Aten.Call("asin", this);
        public Tensor asin_() => Aten.CallInto(this, "asin_", this);
        public Tensor acos() => Aten.Call("acos", this);
        public Tensor acos_() => Aten.CallInto(this, "acos_", this);
        public Tensor atan() => Aten.Call("atan", this);
        public Tensor atan_() => Aten.CallInto(this, "atan_", this);
        public Tensor sinh() => Aten.Call("sinh", this);
        public Tensor sinh_() => Aten.CallInto(this, "sinh_", this);
        public Tensor cosh() => Aten.Call("cosh", this);
        public Tensor cosh_() => Aten.CallInto(this, "cosh_", this);
        public Tensor tanh() => Aten.Call("tanh", this);
        public Tensor tanh_() => Aten.CallInto(this, "tanh_", this);
        public Tensor asinh() => Aten.Call("asinh", this);
        public Tensor asinh_() => Aten.CallInto(this, "asinh_", this);
        public Tensor acosh() => Aten.Call("acosh", this);
        public Tensor acosh_() => Aten.CallInto(this, "acosh_", this);
        public Tensor atanh() => Aten.Call("atanh", this);
        public Tensor atanh_() => Aten.CallInto(this, "atanh_", this);

        public Tensor arcsin() => asin();
        public Tensor arcsin_() => asin_();
        public Tensor arccos() => acos();
        public Tensor arccos_() => acos_();
        public Tensor arctan() => atan();
        public Tensor arctan_() => atan_();
        public Tensor arcsinh() => asinh();
        public Tensor arcsinh_() => asinh_();
        public Tensor arccosh() => acosh();
        public Tensor arccosh_() => acosh_();
        public Tensor arctanh() => atanh();
        public Tensor arctanh_() => atanh_();

        /// <summary>The angle of the point (x: other, y: self), in (−π, π].</summary>
        public Tensor atan2(Tensor other) => Aten.Call("atan2", this, other);
        public Tensor atan2_(Tensor other) => Aten.CallInto(this, "atan2_", this, other);
        public Tensor arctan2(Tensor other) => atan2(other);
        public Tensor arctan2_(Tensor other) => atan2_(other);
        public Tensor arctan(Tensor other) => atan2(other);
        public Tensor arctan_(Tensor other) => atan2_(other);

        /// <summary>sin(πx) / (πx), and 1 at 0.</summary>
        public Tensor sinc() => Aten.Call("sinc", this);
        public Tensor sinc_() => Aten.CallInto(this, "sinc_", this);
        public Tensor deg2rad() => Aten.Call("deg2rad", this);
        public Tensor deg2rad_() => Aten.CallInto(this, "deg2rad_", this);
        public Tensor rad2deg() => Aten.Call("rad2deg", this);
        public Tensor rad2deg_() => Aten.CallInto(this, "rad2deg_", this);
    }
}
