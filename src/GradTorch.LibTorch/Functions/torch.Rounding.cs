namespace TorchSharp;

public static partial class torch
{
    public static Tensor abs(Tensor input) => input.abs();
    public static Tensor abs_(Tensor input) => input.abs_();
    public static Tensor absolute(Tensor input) => input.absolute();
    public static Tensor absolute_(Tensor input) => input.absolute_();
    public static Tensor ceil(Tensor input) => input.ceil();
    public static Tensor ceil_(Tensor input) => input.ceil_();
    public static Tensor floor(Tensor input) => input.floor();
    public static Tensor floor_(Tensor input) => input.floor_();
    public static Tensor trunc(Tensor input) => input.trunc();
    public static Tensor trunc_(Tensor input) => input.trunc_();
    public static Tensor fix(Tensor input) => input.fix();
    public static Tensor fix_(Tensor input) => input.fix_();
    public static Tensor frac(Tensor input) => input.frac();
    public static Tensor frac_(Tensor input) => input.frac_();
    public static Tensor round(Tensor input, long decimals = 0) => input.round(decimals);
    public static Tensor round_(Tensor input, long decimals = 0) => input.round_(decimals);
    public static Tensor sign(Tensor input) => input.sign();
    public static Tensor sign_(Tensor input) => input.sign_();
    public static Tensor sgn(Tensor input) => input.sgn();
    public static Tensor sgn_(Tensor input) => input.sgn_();
    public static Tensor signbit(Tensor input) => input.signbit();

    public static Tensor clamp(Tensor input, Scalar? min = null, Scalar? max = null) => input.clamp(min, max);
    public static Tensor clamp(Tensor input, Tensor? min = null, Tensor? max = null) => input.clamp(min, max);
    public static Tensor clamp_(Tensor input, Scalar? min = null, Scalar? max = null) => input.clamp_(min, max);
    public static Tensor clamp_(Tensor input, Tensor? min = null, Tensor? max = null) => input.clamp_(min, max);
    public static Tensor clip(Tensor input, Scalar? min = null, Scalar? max = null) => input.clip(min, max);
    public static Tensor clamp_min(Tensor input, Scalar min) => input.clamp_min(min);
    public static Tensor clamp_min_(Tensor input, Scalar min) => input.clamp_min_(min);
    public static Tensor clamp_max(Tensor input, Scalar max) => input.clamp_max(max);
    public static Tensor clamp_max_(Tensor input, Scalar max) => input.clamp_max_(max);
    public static Tensor nan_to_num(Tensor input, double nan = 0, double? posinf = null, double? neginf = null) =>
        input.nan_to_num(nan, posinf, neginf);
    public static Tensor nan_to_num_(Tensor input, double nan = 0, double? posinf = null, double? neginf = null) =>
        input.nan_to_num_(nan, posinf, neginf);
    public static (Tensor Mantissa, Tensor Exponent) frexp(Tensor input) => input.frexp();
}
