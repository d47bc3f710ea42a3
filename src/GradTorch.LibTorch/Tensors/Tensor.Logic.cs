using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor bitwise_and(Tensor other) => Aten.Call("bitwise_and.Tensor", this, other);
        public Tensor bitwise_and_(Tensor other) => Aten.CallInto(this, "bitwise_and_.Tensor", this, other);
        public Tensor bitwise_or(Tensor other) => Aten.Call("bitwise_or.Tensor", this, other);
        public Tensor bitwise_or_(Tensor other) => Aten.CallInto(this, "bitwise_or_.Tensor", this, other);
        public Tensor bitwise_xor(Tensor other) => Aten.Call("bitwise_xor.Tensor", this, other);
        public Tensor bitwise_xor_(Tensor other) => Aten.CallInto(this, "bitwise_xor_.Tensor", this, other);
        public Tensor bitwise_left_shift(Tensor other) => Aten.Call("bitwise_left_shift.Tensor", this, other);
        public Tensor bitwise_left_shift_(Tensor other) =>
            Aten.CallInto(this, "bitwise_left_shift_.Tensor", this, other);
        public Tensor bitwise_right_shift(Tensor other) => Aten.Call("bitwise_right_shift.Tensor", this, other);
        public Tensor bitwise_right_shift_(Tensor other) =>
            Aten.CallInto(this, "bitwise_right_shift_.Tensor", this, other);
        public Tensor bitwise_not() => Aten.Call("bitwise_not", this);
        public Tensor bitwise_not_() => Aten.CallInto(this, "bitwise_not_", this);

        public Tensor logical_and(Tensor other) => Aten.Call("logical_and", this, other);
        public Tensor logical_and_(Tensor other) => Aten.CallInto(this, "logical_and_", this, other);
        public Tensor logical_or(Tensor other) => Aten.Call("logical_or", this, other);
        public Tensor logical_or_(Tensor other) => Aten.CallInto(this, "logical_or_", this, other);
        public Tensor logical_xor(Tensor other) => Aten.Call("logical_xor", this, other);
        public Tensor logical_xor_(Tensor other) => Aten.CallInto(this, "logical_xor_", this, other);
        public Tensor logical_not() => Aten.Call("logical_not", this);
        public Tensor logical_not_() => Aten.CallInto(this, "logical_not_", this);
    }
}
