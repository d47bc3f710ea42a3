using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor add(Tensor target) => Aten.Call("add.Tensor", this, target);
        public Tensor add(Scalar scalar) => Aten.Call("add.Scalar", this, scalar);

        /// <summary>self + alpha · target.</summary>
        public Tensor add(Tensor target, Scalar alpha) => Aten.Call("add.Tensor", this, target, alpha);
        public Tensor add(Scalar scalar, Scalar alpha) => Aten.Call("add.Scalar", this, scalar, alpha);
        public Tensor add_(Tensor target) => Aten.CallInto(this, "add_.Tensor", this, target);
        public Tensor add_(Scalar scalar) => Aten.CallInto(this, "add_.Scalar", this, scalar);
        public Tensor add_(Tensor target, Scalar alpha) => Aten.CallInto(this, "add_.Tensor", this, target, alpha);
        public Tensor add_(Scalar scalar, Scalar alpha) => Aten.CallInto(this, "add_.Scalar", this, scalar, alpha);

        public Tensor sub(Tensor target) => Aten.Call("sub.Tensor", this, target);
        public Tensor sub(Scalar target) => Aten.Call("sub.Scalar", this, target);
        public Tensor sub_(Tensor target) => Aten.CallInto(this, "sub_.Tensor", this, target);
        public Tensor sub_(Scalar target) => Aten.CallInto(this, "sub_.Scalar", this, target);
        public Tensor subtract(Tensor target) => sub(target);
        public Tensor subtract(Scalar target) => sub(target);
        public Tensor subtract_(Tensor target) => sub_(target);
        public Tensor subtract_(Scalar target) => sub_(target);

        public Tensor mul(Tensor target) => Aten.Call("mul.Tensor", this, target);
        public Tensor mul(Scalar target) => Aten.Call("mul.Scalar", this, target);
        public Tensor mul_(Tensor target) => Aten.CallInto(this, "mul_.Tensor", this, target);
        public Tensor mul_(Scalar target) => Aten.CallInto(this, "mul_.Scalar", this, target);
        public Tensor multiply(Tensor target) => mul(target);
        public Tensor multiply(Scalar target) => mul(target);

        /// <summary>self + value · tensor1 · tensor2.</summary>
        public Tensor addcmul(Tensor tensor1, Tensor tensor2, Scalar value) =>
            Aten.Call("addcmul", this, tensor1, tensor2, value);
        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value) =>
            Aten.CallInto(this, "addcmul_", this, tensor1, tensor2, value);

        /// <summary>self + value · tensor1 / tensor2.</summary>
        public Tensor addcdiv(Tensor tensor1, Tensor tensor2, Scalar value) =>
            Aten.Call("addcdiv", this, tensor1, tensor2, value);
        public Tensor addcdiv(Tensor tensor1, Tensor tensor2) => Aten.Call("addcdiv", this, tensor1, tensor2);
        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value) =>
            Aten.CallInto(this, "addcdiv_", this, tensor1, tensor2, value);
        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2) =>
            Aten.CallInto(this, "addcdiv_", this, tensor1, tensor2);

        /// <summary>self + weight · (end − self).</summary>
        public Tensor lerp(Tensor end, Tensor weight) => Aten.Call("lerp.Tensor", this, end, weight);
        public Tensor lerp_(Tensor end, Tensor weight) => Aten.CallInto(this, "lerp_.Tensor", this, end, weight);

        public Tensor neg() => Aten.Call("neg", this);
        public Tensor neg_() => Aten.CallInto(this, "neg_", this);
        public Tensor reciprocal() => Aten.Call("reciprocal", this);
        public Tensor reciprocal_() => Aten.CallInto(this, "reciprocal_", this);
        public Tensor negative() => neg();
        public Tensor positive() => Aten.Call("positive", this);
        public Tensor square() => Aten.Call("square", this);
        public Tensor copysign(Tensor other) => Aten.Call("copysign.Tensor", this, other);
        public Tensor copysign_(Tensor other) => Aten.CallInto(this, "copysign_.Tensor", this, other);
        public Tensor gcd(Tensor other) => Aten.Call("gcd", this, other);
        public Tensor gcd_(Tensor other) => Aten.CallInto(this, "gcd_", this, other);
        public Tensor lcm(Tensor other) => Aten.Call("lcm", this, other);
        public Tensor lcm_(Tensor other) => Aten.CallInto(this, "lcm_", this, other);
        public Tensor nextafter(Tensor other) => Aten.Call("nextafter", this, other);
        public Tensor nextafter_(Tensor other) => Aten.CallInto(this, "nextafter_", this, other);
        public Tensor hypot(Tensor other) => Aten.Call("hypot", this, other);

        /// <summary>self · 2^other.</summary>
        public Tensor ldexp(Tensor other) => Aten.Call("ldexp.Tensor", this, other);
        public Tensor ldexp_(Tensor other) => Aten.CallInto(this, "ldexp_", this, other);
    }
}
