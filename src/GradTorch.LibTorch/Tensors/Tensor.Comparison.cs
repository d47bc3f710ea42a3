using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        // A comparison with null is a tensor too: nothing equals null, nothing is smaller or larger.
        public Tensor eq(Tensor? target) => target is null ? false : Aten.Call("eq.Tensor", this, target);
        public Tensor eq(Scalar? target) => target is null ? false : Aten.Call("eq.Scalar", this, target);
        public Tensor eq_(Tensor target) => Aten.CallInto(this, "eq_.Tensor", this, target);
        public Tensor eq_(Scalar target) => Aten.CallInto(this, "eq_.Scalar", this, target);

        public Tensor ne(Tensor? target) => target is null ? true : Aten.Call("ne.Tensor", this, target);
        public Tensor ne(Scalar? target) => target is null ? true : Aten.Call("ne.Scalar", this, target);
        public Tensor ne_(Tensor target) => Aten.CallInto(this, "ne_.Tensor", this, target);
        public Tensor ne_(Scalar target) => Aten.CallInto(this, "ne_.Scalar", this, target);

        public Tensor lt(Tensor? target) => target is null ? false : Aten.Call("lt.Tensor", this, target);
        public Tensor lt(Scalar? target) => target is null ? false : Aten.Call("lt.Scalar", this, target);
        public Tensor lt_(Tensor target) => Aten.CallInto(this, "lt_.Tensor", this, target);
        public Tensor lt_(Scalar target) => Aten.CallInto(this, "lt_.Scalar", this, target);

        public Tensor le(Tensor? target) => target is null ? false : Aten.Call("le.Tensor", this, target);
        public Tensor le(Scalar? target) => target is null ? false : Aten.Call("le.Scalar", this, target);
        public Tensor le_(Tensor target) => Aten.CallInto(this, "le_.Tensor", this, target);
        public Tensor le_(Scalar target) => Aten.CallInto(this, "le_.Scalar", this, target);

        public Tensor gt(Tensor? target) => target is null ? false : Aten.Call("gt.Tensor", this, target);
        public Tensor gt(Scalar? target) => target is null ? false : Aten.Call("gt.Scalar", this, target);
        public Tensor gt_(Tensor target) => Aten.CallInto(this, "gt_.Tensor", this, target);
        public Tensor gt_(Scalar target) => Aten.CallInto(this, "gt_.Scalar", this, target);

        public Tensor ge(Tensor? target) => target is null ? false : Aten.Call("ge.Tensor", this, target);
        public Tensor ge(Scalar? target) => target is null ? false : Aten.Call("ge.Scalar", this, target);
        public Tensor ge_(Tensor target) => Aten.CallInto(this, "ge_.Tensor", this, target);
        public Tensor ge_(Scalar target) => Aten.CallInto(this, "ge_.Scalar", this, target);

        /// <summary>Element by element, as <see cref="eq(Tensor)"/>; for one answer see <see cref="Equals(Tensor)"/>.</summary>
        public Tensor equal(Tensor? target) => eq(target);
        public Tensor not_equal(Tensor? target) => ne(target);
        public Tensor not_equal_(Tensor target) => ne_(target);
        public Tensor less(Tensor? target) => lt(target);
        public Tensor less_equal(Tensor? target) => le(target);
        public Tensor less_equal_(Tensor target) => le_(target);
        public Tensor greater(Tensor? target) => gt(target);
        public Tensor greater_equal(Tensor? target) => ge(target);

        /// <summary>|self − target| ≤ atol + rtol · |target| for all elements.</summary>
        public bool allclose(Tensor? target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false) =>
            target is not null && Aten.CallBool("allclose", this, target, rtol, atol, equal_nan);

        /// <summary>|self − other| ≤ atol + rtol · |other|, element by element.</summary>
        public Tensor isclose(Tensor other, double rtol = 1e-05, double atol = 1e-08, bool nanEqual = false) =>
            Aten.Call("isclose", this, other, rtol, atol, nanEqual);

        /// <summary>Whether each element is among <paramref name="test_elements"/>.</summary>
        public Tensor isin(Tensor test_elements, bool assumeUnique = false, bool invert = false) =>
            Aten.Call("isin.Tensor_Tensor", this, test_elements, assumeUnique, invert);

        public Tensor isnan() => Aten.Call("isnan", this);
        public Tensor isinf() => Aten.Call("isinf", this);
        public Tensor isfinite() => Aten.Call("isfinite", this);
        public Tensor isposinf() => Aten.Call("isposinf", this);
        public Tensor isneginf() => Aten.Call("isneginf", this);
        public Tensor isreal() => Aten.Call("isreal", this);

        // maximum and minimum hand NaN on; fmax and fmin prefer the other number.
        public Tensor maximum(Tensor other) => Aten.Call("maximum", this, other);
        public Tensor minimum(Tensor other) => Aten.Call("minimum", this, other);
        public Tensor fmax(Tensor other) => Aten.Call("fmax", this, other);
        public Tensor fmin(Tensor other) => Aten.Call("fmin", this, other);
        public Tensor max(Tensor other) => maximum(other);
        public Tensor min(Tensor other) => minimum(other);
    }
}
