using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public static Tensor operator +(Tensor left, Tensor right) => Aten.Call("add.Tensor", left, right);
        public static Tensor operator +(Tensor left, Scalar right) => Aten.Call("add.Scalar", left, right);
        public static Tensor operator +(Tensor left, int right) => Aten.Call("add.Scalar", left, right);
        public static Tensor operator +(Tensor left, long right) => Aten.Call("add.Scalar", left, right);
        public static Tensor operator +(Tensor left, float right) => Aten.Call("add.Scalar", left, right);
        public static Tensor operator +(Tensor left, double right) => Aten.Call("add.Scalar", left, right);
        public static Tensor operator +(Scalar left, Tensor right) => Aten.Call("add.Scalar", right, left);
        public static Tensor operator +(int left, Tensor right) => Aten.Call("add.Scalar", right, left);
        public static Tensor operator +(long left, Tensor right) => Aten.Call("add.Scalar", right, left);
        public static Tensor operator +(float left, Tensor right) => Aten.Call("add.Scalar", right, left);
        public static Tensor operator +(double left, Tensor right) => Aten.Call("add.Scalar", right, left);

        public static Tensor operator -(Tensor left, Tensor right) => Aten.Call("sub.Tensor", left, right);
        public static Tensor operator -(Tensor left, Scalar right) => Aten.Call("sub.Scalar", left, right);
        public static Tensor operator -(Tensor left, int right) => Aten.Call("sub.Scalar", left, right);
        public static Tensor operator -(Tensor left, long right) => Aten.Call("sub.Scalar", left, right);
        public static Tensor operator -(Tensor left, float right) => Aten.Call("sub.Scalar", left, right);
        public static Tensor operator -(Tensor left, double right) => Aten.Call("sub.Scalar", left, right);
        public static Tensor operator -(Scalar left, Tensor right) => Aten.Call("rsub.Scalar", right, left);
        public static Tensor operator -(int left, Tensor right) => Aten.Call("rsub.Scalar", right, left);
        public static Tensor operator -(long left, Tensor right) => Aten.Call("rsub.Scalar", right, left);
        public static Tensor operator -(float left, Tensor right) => Aten.Call("rsub.Scalar", right, left);
        public static Tensor operator -(double left, Tensor right) => Aten.Call("rsub.Scalar", right, left);

        public static Tensor operator *(Tensor left, Tensor right) => Aten.Call("mul.Tensor", left, right);
        public static Tensor operator *(Tensor left, Scalar right) => Aten.Call("mul.Scalar", left, right);
        public static Tensor operator *(Tensor left, int right) => Aten.Call("mul.Scalar", left, right);
        public static Tensor operator *(Tensor left, long right) => Aten.Call("mul.Scalar", left, right);
        public static Tensor operator *(Tensor left, float right) => Aten.Call("mul.Scalar", left, right);
        public static Tensor operator *(Tensor left, double right) => Aten.Call("mul.Scalar", left, right);
        public static Tensor operator *(Scalar left, Tensor right) => Aten.Call("mul.Scalar", right, left);
        public static Tensor operator *(int left, Tensor right) => Aten.Call("mul.Scalar", right, left);
        public static Tensor operator *(long left, Tensor right) => Aten.Call("mul.Scalar", right, left);
        public static Tensor operator *(float left, Tensor right) => Aten.Call("mul.Scalar", right, left);
        public static Tensor operator *(double left, Tensor right) => Aten.Call("mul.Scalar", right, left);

        public static Tensor operator /(Tensor left, Tensor right) => Aten.Call("div.Tensor", left, right);
        public static Tensor operator /(Tensor left, Scalar right) => Aten.Call("div.Scalar", left, right);
        public static Tensor operator /(Tensor left, int right) => Aten.Call("div.Scalar", left, right);
        public static Tensor operator /(Tensor left, long right) => Aten.Call("div.Scalar", left, right);
        public static Tensor operator /(Tensor left, float right) => Aten.Call("div.Scalar", left, right);
        public static Tensor operator /(Tensor left, double right) => Aten.Call("div.Scalar", left, right);
        public static Tensor operator /(Scalar left, Tensor right) => Quotient(left, right);
        public static Tensor operator /(int left, Tensor right) => Quotient(left, right);
        public static Tensor operator /(long left, Tensor right) => Quotient(left, right);
        public static Tensor operator /(float left, Tensor right) => Quotient(left, right);
        public static Tensor operator /(double left, Tensor right) => Quotient(left, right);

        public static Tensor operator %(Tensor left, Tensor right) => Aten.Call("remainder.Tensor", left, right);
        public static Tensor operator %(Tensor left, Scalar right) => Aten.Call("remainder.Scalar", left, right);
        public static Tensor operator %(Tensor left, int right) => Aten.Call("remainder.Scalar", left, right);
        public static Tensor operator %(Tensor left, long right) => Aten.Call("remainder.Scalar", left, right);
        public static Tensor operator %(Tensor left, float right) => Aten.Call("remainder.Scalar", left, right);
        public static Tensor operator %(Tensor left, double right) => Aten.Call("remainder.Scalar", left, right);

        public static Tensor operator -(Tensor tensor) => Aten.Call("neg", tensor);
        public static Tensor operator ~(Tensor left) => Aten.Call("bitwise_not", left);
        public static Tensor operator &(Tensor left, Tensor right) => Aten.Call("bitwise_and.Tensor", left, right);
        public static Tensor operator |(Tensor left, Tensor right) => Aten.Call("bitwise_or.Tensor", left, right);
        public static Tensor operator ^(Tensor left, Tensor right) => Aten.Call("bitwise_xor.Tensor", left, right);

        public static Tensor operator ==(Tensor left, Tensor? right) => left.eq(right);
        public static Tensor operator ==(Tensor left, Scalar? right) => left.eq(right);
        public static Tensor operator ==(Scalar left, Tensor right) => right.eq(left);
        public static Tensor operator !=(Tensor left, Tensor? right) => left.ne(right);
        public static Tensor operator !=(Tensor left, Scalar? right) => left.ne(right);
        public static Tensor operator !=(Scalar left, Tensor right) => right.ne(left);
        public static Tensor operator <(Tensor left, Tensor? right) => left.lt(right);
        public static Tensor operator <(Tensor left, Scalar? right) => left.lt(right);
        public static Tensor operator <(Scalar left, Tensor right) => right.gt(left);
        public static Tensor operator <=(Tensor left, Tensor? right) => left.le(right);
        public static Tensor operator <=(Tensor left, Scalar? right) => left.le(right);
        public static Tensor operator <=(Scalar left, Tensor right) => right.ge(left);
        public static Tensor operator >(Tensor left, Tensor? right) => left.gt(right);
        public static Tensor operator >(Tensor left, Scalar? right) => left.gt(right);
        public static Tensor operator >(Scalar left, Tensor right) => right.lt(left);
        public static Tensor operator >=(Tensor left, Tensor? right) => left.ge(right);
        public static Tensor operator >=(Tensor left, Scalar? right) => left.ge(right);
        public static Tensor operator >=(Scalar left, Tensor right) => right.le(left);

        private static Tensor Quotient(in Argument dividend, Tensor divisor)
        {
            using var inverse = Aten.Call("reciprocal", divisor);
            return Aten.Call("mul.Scalar", inverse, dividend);
        }
    }
}
