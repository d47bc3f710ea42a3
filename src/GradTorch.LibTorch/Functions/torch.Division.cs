namespace TorchSharp;

public static partial class torch
{
    public static Tensor div(Tensor left, Scalar right, RoundingMode rounding_mode = RoundingMode.None) =>
        left.div(right, rounding_mode);
    public static Tensor div(Tensor left, Tensor right, RoundingMode rounding_mode = RoundingMode.None) =>
        left.div(right, rounding_mode);
    public static Tensor div_(Tensor left, Scalar right, RoundingMode rounding_mode = RoundingMode.None) =>
        left.div_(right, rounding_mode);
    public static Tensor div_(Tensor left, Tensor right, RoundingMode rounding_mode = RoundingMode.None) =>
        left.div_(right, rounding_mode);
    public static Tensor divide(Tensor left, Scalar right, RoundingMode rounding_mode = RoundingMode.None) =>
        left.divide(right, rounding_mode);
    public static Tensor divide(Tensor left, Tensor right, RoundingMode rounding_mode = RoundingMode.None) =>
        left.divide(right, rounding_mode);
    public static Tensor divide_(Tensor left, Scalar right) => left.divide_(right);
    public static Tensor divide_(Tensor left, Tensor right, RoundingMode rounding_mode = RoundingMode.None) =>
        left.divide_(right, rounding_mode);
    public static Tensor true_divide(Tensor dividend, Tensor divisor) => dividend.true_divide(divisor);
    public static Tensor true_divide_(Tensor dividend, Tensor divisor) => dividend.true_divide_(divisor);
    public static Tensor floor_divide(Tensor input, Tensor other) => input.floor_divide(other);
    public static Tensor floor_divide_(Tensor input, Tensor other) => input.floor_divide_(other);

    public static Tensor remainder(Tensor left, Scalar right) => left.remainder(right);
    public static Tensor remainder(Tensor left, Tensor right) => left.remainder(right);
    public static Tensor remainder_(Tensor left, Scalar right) => left.remainder_(right);
    public static Tensor remainder_(Tensor left, Tensor right) => left.remainder_(right);
    public static Tensor fmod(Tensor left, Scalar right) => left.fmod(right);
    public static Tensor fmod(Tensor left, Tensor right) => left.fmod(right);
    public static Tensor fmod_(Tensor left, Scalar right) => left.fmod_(right);
    public static Tensor fmod_(Tensor left, Tensor right) => left.fmod_(right);
}
