namespace TorchSharp;

public static partial class torch
{
    public static Tensor add(Tensor left, Scalar right) => left.add(right);
    public static Tensor add(Tensor left, Tensor right) => left.add(right);
    public static Tensor add(Tensor left, Scalar right, Scalar alpha) => left.add(right, alpha);
    public static Tensor add(Tensor left, Tensor right, Scalar alpha) => left.add(right, alpha);
    public static Tensor add_(Tensor left, Scalar right) => left.add_(right);
    public static Tensor add_(Tensor left, Tensor right) => left.add_(right);
    public static Tensor add_(Tensor left, Scalar right, Scalar alpha) => left.add_(right, alpha);
    public static Tensor add_(Tensor left, Tensor right, Scalar alpha) => left.add_(right, alpha);
    public static Tensor sub(Tensor left, Scalar right) => left.sub(right);
    public static Tensor sub(Tensor left, Tensor right) => left.sub(right);
    public static Tensor sub_(Tensor left, Scalar right) => left.sub_(right);
    public static Tensor sub_(Tensor left, Tensor right) => left.sub_(right);
    public static Tensor subtract(Tensor left, Scalar right) => left.subtract(right);
    public static Tensor subtract(Tensor left, Tensor right) => left.subtract(right);
    public static Tensor subtract_(Tensor left, Scalar right) => left.subtract_(right);
    public static Tensor subtract_(Tensor left, Tensor right) => left.subtract_(right);
    public static Tensor mul(Tensor left, Scalar right) => left.mul(right);
    public static Tensor mul(Tensor left, Tensor right) => left.mul(right);
    public static Tensor mul_(Tensor left, Scalar right) => left.mul_(right);
    public static Tensor mul_(Tensor left, Tensor right) => left.mul_(right);
    public static Tensor multiply(Tensor left, Scalar right) => left.multiply(right);
    public static Tensor multiply(Tensor left, Tensor right) => left.multiply(right);
    public static Tensor multiply_(Tensor left, Scalar right) => left.mul_(right);
    public static Tensor multiply_(Tensor left, Tensor right) => left.mul_(right);

    public static Tensor addcmul(Tensor input, Tensor tensor1, Tensor tensor2, Scalar value) =>
        input.addcmul(tensor1, tensor2, value);
    public static Tensor addcmul_(Tensor input, Tensor tensor1, Tensor tensor2, Scalar value) =>
        input.addcmul_(tensor1, tensor2, value);
    public static Tensor addcdiv(Tensor input, Tensor tensor1, Tensor tensor2, Scalar value) =>
        input.addcdiv(tensor1, tensor2, value);
    public static Tensor addcdiv_(Tensor input, Tensor tensor1, Tensor tensor2, Scalar value) =>
        input.addcdiv_(tensor1, tensor2, value);
    public static Tensor lerp(Tensor input, Tensor end, Tensor weight) => input.lerp(end, weight);

    public static Tensor neg(Tensor input) => input.neg();
    public static Tensor neg_(Tensor input) => input.neg_();
    public static Tensor negative(Tensor input) => input.negative();
    public static Tensor negative_(Tensor input) => input.neg_();
    public static Tensor positive(Tensor input) => input.positive();
    public static Tensor reciprocal(Tensor input) => input.reciprocal();
    public static Tensor reciprocal_(Tensor input) => input.reciprocal_();
    public static Tensor square(Tensor input) => input.square();
    public static Tensor copysign(Tensor input, Tensor other) => input.copysign(other);
    public static Tensor copysign_(Tensor input, Tensor other) => input.copysign_(other);
    public static Tensor gcd(Tensor left, Tensor right) => left.gcd(right);
    public static Tensor gcd_(Tensor left, Tensor right) => left.gcd_(right);
    public static Tensor lcm(Tensor input, Tensor other) => input.lcm(other);
    public static Tensor lcm_(Tensor input, Tensor other) => input.lcm_(other);
    public static Tensor nextafter(Tensor input, Tensor other) => input.nextafter(other);
    public static Tensor nextafter_(Tensor input, Tensor other) => input.nextafter_(other);
    public static Tensor hypot(Tensor left, Tensor right) => left.hypot(right);
    public static Tensor ldexp(Tensor input, Tensor other) => input.ldexp(other);
    public static Tensor ldexp_(Tensor input, Tensor other) => input.ldexp_(other);
}
