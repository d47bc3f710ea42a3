using TorchSharp;
using static GradTorch.LibTorch.Tests.Operators.OperatorCaseWriting;
using static TorchSharp.torch;

namespace GradTorch.LibTorch.Tests.Operators;

internal static partial class OperatorCases
{
    private static OperatorCase[] Arithmetic =>
    [
        Of("add", x => x[0].add(x[1])).In(x => x[0].add_(x[1])).Or(x => add(x[0], x[1])).Or(x => x[0] + x[1])
            .In(x => add_(x[0], x[1])),
        Of("sub", x => x[0].sub(x[1])).In(x => x[0].sub_(x[1])).Or(x => sub(x[0], x[1])).Or(x => x[0] - x[1])
            .Or(x => x[0].subtract(x[1])).Or(x => subtract(x[0], x[1])).In(x => sub_(x[0], x[1]))
            .In(x => x[0].subtract_(x[1])).In(x => subtract_(x[0], x[1])),
        Of("mul", x => x[0].mul(x[1])).In(x => x[0].mul_(x[1])).Or(x => mul(x[0], x[1])).Or(x => x[0] * x[1])
            .Or(x => x[0].multiply(x[1])).Or(x => multiply(x[0], x[1])).In(x => mul_(x[0], x[1]))
            .In(x => multiply_(x[0], x[1])),
        Of("div", x => x[0].div(x[1])).In(x => x[0].div_(x[1])).Or(x => div(x[0], x[1])).Or(x => x[0] / x[1])
            .Or(x => x[0].divide(x[1])).Or(x => divide(x[0], x[1])).Or(x => x[0].true_divide(x[1]))
            .Or(x => true_divide(x[0], x[1])).In(x => div_(x[0], x[1])).In(x => x[0].divide_(x[1]))
            .In(x => divide_(x[0], x[1])).In(x => x[0].true_divide_(x[1])).In(x => true_divide_(x[0], x[1])),
        Of("add.alpha", x => x[0].add(x[1], 2.5)).In(x => x[0].add_(x[1], 2.5)).Or(x => add(x[0], x[1], 2.5))
            .In(x => add_(x[0], x[1], 2.5)),
        Of("add.int64+float32", x => x[0].add(x[1])),
        Of("add.bool", x => x[0].add(x[1])).In(x => x[0].add_(x[1])).No(Integral).In(x => add_(x[0], x[1])),

        Of("add.scalar", x => x[0].add(2.5)).In(x => x[0].add_(2.5)).Or(x => x[0] + 2.5).Or(x => x[0] + 2.5f)
            .Or(x => 2.5 + x[0]).Or(x => 2.5f + x[0]).Or(x => add(x[0], 2.5)).Or(x => x[0] + (Scalar)2.5)
            .Or(x => (Scalar)2.5 + x[0]).In(x => add_(x[0], 2.5)),
        Of("sub.scalar", x => x[0].sub(2.5)).In(x => x[0].sub_(2.5)).Or(x => x[0] - 2.5).Or(x => x[0] - 2.5f)
            .Or(x => sub(x[0], 2.5)).Or(x => x[0] - (Scalar)2.5).In(x => sub_(x[0], 2.5)),
        Of("mul.scalar", x => x[0].mul(2.5)).In(x => x[0].mul_(2.5)).Or(x => x[0] * 2.5).Or(x => x[0] * 2.5f)
            .Or(x => 2.5 * x[0]).Or(x => 2.5f * x[0]).Or(x => mul(x[0], 2.5)).Or(x => x[0] * (Scalar)2.5)
            .Or(x => (Scalar)2.5 * x[0]).In(x => mul_(x[0], 2.5)),
        Of("div.scalar", x => x[0].div(2.5)).In(x => x[0].div_(2.5)).Or(x => x[0] / 2.5).Or(x => x[0] / 2.5f)
            .Or(x => div(x[0], 2.5)).Or(x => x[0] / (Scalar)2.5).In(x => div_(x[0], 2.5)),
        Of("add.integer", x => x[0].add(3)).In(x => x[0].add_(3)).Or(x => x[0] + 3).Or(x => 3L + x[0])
            .Or(x => x[0] + 3L).Or(x => 3 + x[0]).In(x => add_(x[0], 3)),
        Of("mul.integer", x => x[0].mul(3)).In(x => x[0].mul_(3)).Or(x => x[0] * 3).Or(x => 3L * x[0])
            .Or(x => x[0] * 3L).Or(x => 3 * x[0]).In(x => mul_(x[0], 3)),
        Of("sub.integer", x => x[0].sub(3)).In(x => x[0].sub_(3)).Or(x => x[0] - 3).Or(x => x[0] - 3L)
            .In(x => sub_(x[0], 3)),
        Of("div.integer", x => x[0].div(3)).Or(x => x[0] / 3).Or(x => x[0] / 3L),
        Of("rdiv.integer", x => 3 / x[0]).Or(x => 3L / x[0]),
        Of("remainder.integer", x => x[0].remainder(3)).In(x => x[0].remainder_(3)).Or(x => x[0] % 3)
            .Or(x => x[0] % 3L).In(x => remainder_(x[0], 3)),
        Of("remainder.half", x => x[0].remainder(1.5)).Or(x => x[0] % 1.5f),
        Of("rsub", x => 2.5 - x[0]).Or(x => 2.5f - x[0]).Or(x => (Scalar)2.5 - x[0]),
        Of("rsub.integer", x => 3 - x[0]).Or(x => 3L - x[0]),
        Of("add.scalar.alpha", x => x[0].add(2.5, 3.0)).In(x => x[0].add_(2.5, 3.0))
            .Or(x => add(x[0], 2.5, 3.0)).In(x => add_(x[0], 2.5, 3.0)),
        Of("rdiv", x => 2.5 / x[0]).Or(x => 2.5f / x[0]).Or(x => (Scalar)2.5 / x[0]),

        Of("div.floor", x => x[0].div(x[1], RoundingMode.floor)).In(x => x[0].div_(x[1], RoundingMode.floor))
            .Or(x => div(x[0], x[1], RoundingMode.floor)).In(x => div_(x[0], x[1], RoundingMode.floor)),
        Of("div.scalar.floor", x => x[0].div(1.7, RoundingMode.floor))
            .In(x => x[0].div_(1.7, RoundingMode.floor)).Or(x => div(x[0], 1.7, RoundingMode.floor))
            .In(x => div_(x[0], 1.7, RoundingMode.floor)),
        Of("div.trunc", x => x[0].div(x[1], RoundingMode.trunc)).In(x => x[0].div_(x[1], RoundingMode.trunc))
            .Or(x => div(x[0], x[1], RoundingMode.trunc)).In(x => div_(x[0], x[1], RoundingMode.trunc)),
        Of("div.scalar.trunc", x => x[0].div(1.7, RoundingMode.trunc))
            .In(x => x[0].div_(1.7, RoundingMode.trunc)).Or(x => div(x[0], 1.7, RoundingMode.trunc))
            .In(x => div_(x[0], 1.7, RoundingMode.trunc)),
        Of("floor_divide", x => x[0].floor_divide(x[1])).In(x => x[0].floor_divide_(x[1]))
            .Or(x => floor_divide(x[0], x[1])).No(NotIn113).In(x => floor_divide_(x[0], x[1])),
        Of("floor_divide.scalar", x => x[0].floor_divide(1.7)).In(x => x[0].floor_divide_(1.7)).No(NotIn113),
        Of("remainder", x => x[0].remainder(x[1])).In(x => x[0].remainder_(x[1])).Or(x => remainder(x[0], x[1]))
            .Or(x => x[0] % x[1]).In(x => remainder_(x[0], x[1])),
        Of("remainder.scalar", x => x[0].remainder(1.7)).In(x => x[0].remainder_(1.7)).Or(x => x[0] % 1.7)
            .Or(x => x[0] % (Scalar)1.7).Or(x => remainder(x[0], 1.7)).In(x => remainder_(x[0], 1.7)),
        Of("fmod", x => x[0].fmod(x[1])).In(x => x[0].fmod_(x[1])).Or(x => fmod(x[0], x[1])).In(x => fmod_(x[0], x[1])),
        Of("fmod.scalar", x => x[0].fmod(1.7)).In(x => x[0].fmod_(1.7)).Or(x => fmod(x[0], 1.7))
            .In(x => fmod_(x[0], 1.7)),

        Of("neg", x => x[0].neg()).In(x => x[0].neg_()).Or(x => neg(x[0])).Or(x => -x[0])
            .Or(x => x[0].negative()).Or(x => negative(x[0])).In(x => neg_(x[0])).In(x => negative_(x[0])),
        Of("positive", x => x[0].positive()).Or(x => positive(x[0])),
        Of("reciprocal", x => x[0].reciprocal()).In(x => x[0].reciprocal_()).Or(x => reciprocal(x[0]))
            .In(x => reciprocal_(x[0])),
        Of("square", x => x[0].square()).Or(x => square(x[0])),
        Of("addcmul", x => x[0].addcmul(x[1], x[2], 0.5)).In(x => x[0].addcmul_(x[1], x[2], 0.5))
            .Or(x => addcmul(x[0], x[1], x[2], 0.5)).In(x => addcmul_(x[0], x[1], x[2], 0.5)),
        Of("addcdiv", x => x[0].addcdiv(x[1], x[2], 0.5)).In(x => x[0].addcdiv_(x[1], x[2], 0.5))
            .Or(x => addcdiv(x[0], x[1], x[2], 0.5)).In(x => addcdiv_(x[0], x[1], x[2], 0.5)),
        Of("addcdiv.1", x => x[0].addcdiv(x[1], x[2])).In(x => x[0].addcdiv_(x[1], x[2])),
        Of("lerp", x => x[0].lerp(x[1], x[2])).In(x => x[0].lerp_(x[1], x[2])).Or(x => lerp(x[0], x[1], x[2])),
        Of("copysign", x => x[0].copysign(x[1])).In(x => x[0].copysign_(x[1])).Or(x => copysign(x[0], x[1]))
            .In(x => copysign_(x[0], x[1])),
        Of("nextafter", x => x[0].nextafter(x[1])).In(x => x[0].nextafter_(x[1])).Or(x => nextafter(x[0], x[1]))
            .No("a step between neighbouring numbers").In(x => nextafter_(x[0], x[1])),
        Of("hypot", x => x[0].hypot(x[1])).Or(x => hypot(x[0], x[1])),
        Of("ldexp", x => x[0].ldexp(x[1])).In(x => x[0].ldexp_(x[1])).Or(x => ldexp(x[0], x[1]))
            .In(x => ldexp_(x[0], x[1])),
        Of("gcd", x => x[0].gcd(x[1])).In(x => x[0].gcd_(x[1])).Or(x => gcd(x[0], x[1])).No(Integral)
            .In(x => gcd_(x[0], x[1])),
        Of("lcm", x => x[0].lcm(x[1])).In(x => x[0].lcm_(x[1])).Or(x => lcm(x[0], x[1])).No(Integral)
            .In(x => lcm_(x[0], x[1])),

        Of("exp", x => x[0].exp()).In(x => x[0].exp_()).Or(x => exp(x[0])).In(x => exp_(x[0])),
        Of("exp2", x => x[0].exp2()).In(x => x[0].exp2_()).Or(x => exp2(x[0])).In(x => exp2_(x[0])),
        Of("expm1", x => x[0].expm1()).In(x => x[0].expm1_()).Or(x => expm1(x[0])).In(x => expm1_(x[0])),
        Of("sigmoid", x => x[0].sigmoid()).In(x => x[0].sigmoid_()).Or(x => sigmoid(x[0])).In(x => sigmoid_(x[0])),
        Of("log", x => x[0].log()).In(x => x[0].log_()).Or(x => log(x[0])).In(x => log_(x[0])),
        Of("log2", x => x[0].log2()).In(x => x[0].log2_()).Or(x => log2(x[0])).In(x => log2_(x[0])),
        Of("log10", x => x[0].log10()).In(x => x[0].log10_()).Or(x => log10(x[0])).In(x => log10_(x[0])),
        Of("log1p", x => x[0].log1p()).In(x => x[0].log1p_()).Or(x => log1p(x[0])).In(x => log1p_(x[0])),
        Of("rsqrt", x => x[0].rsqrt()).In(x => x[0].rsqrt_()).Or(x => rsqrt(x[0])).In(x => rsqrt_(x[0])),
        Of("sqrt", x => x[0].sqrt()).In(x => x[0].sqrt_()).Or(x => sqrt(x[0])).In(x => sqrt_(x[0])),
        Of("pow", x => x[0].pow(x[1])).In(x => x[0].pow_(x[1])).Or(x => pow(x[0], x[1])).In(x => pow_(x[0], x[1])),
        Of("pow.2", x => x[0].pow(2)).In(x => x[0].pow_(2)).Or(x => pow(x[0], 2)).In(x => pow_(x[0], 2)),
        Of("pow.half", x => x[0].pow(0.5)).In(x => x[0].pow_(0.5)).Or(x => pow(x[0], 0.5)).In(x => pow_(x[0], 0.5)),
        Of("pow.minus1", x => x[0].pow(-1)).In(x => x[0].pow_(-1)).Or(x => pow(x[0], -1)).In(x => pow_(x[0], -1)),
        Of("pow.3", x => x[0].pow(3)).In(x => x[0].pow_(3)).Or(x => pow(x[0], 3)).In(x => pow_(x[0], 3)),
        Of("pow.2.5", x => x[0].pow(2.5)).In(x => x[0].pow_(2.5)).Or(x => pow(x[0], 2.5)).In(x => pow_(x[0], 2.5)),
        Of("float_power", x => x[0].float_power(x[1])).In(x => x[0].float_power_(x[1]))
            .Or(x => float_power(x[0], x[1])).In(x => float_power_(x[0], x[1])),
        Of("logaddexp", x => x[0].logaddexp(x[1])).Or(x => logaddexp(x[0], x[1])),
        Of("logaddexp2", x => x[0].logaddexp2(x[1])).Or(x => logaddexp2(x[0], x[1])),
        Of("xlogy", x => x[0].xlogy(x[1])).In(x => x[0].xlogy_(x[1])).Or(x => xlogy(x[0], x[1]))
            .In(x => xlogy_(x[0], x[1])),
        Of("xlogy.scalar", x => x[0].xlogy(2.5)).In(x => x[0].xlogy_(2.5)).Or(x => xlogy(x[0], 2.5))
            .In(x => xlogy_(x[0], 2.5)),
        Of("logit", x => x[0].logit()).In(x => x[0].logit_()).Or(x => logit(x[0])).In(x => logit_(x[0])),
        Of("logit.eps", x => x[0].logit(0.05)).In(x => x[0].logit_(0.05)).Or(x => logit(x[0], 0.05))
            .In(x => logit_(x[0], 0.05)),

        Of("abs", x => x[0].abs()).In(x => x[0].abs_()).Or(x => abs(x[0])).Or(x => x[0].absolute())
            .Or(x => absolute(x[0])).In(x => abs_(x[0])).In(x => x[0].absolute_()).In(x => absolute_(x[0])),
        Of("sign", x => x[0].sign()).In(x => x[0].sign_()).Or(x => sign(x[0])).In(x => sign_(x[0])),
        Of("sgn", x => x[0].sgn()).In(x => x[0].sgn_()).Or(x => sgn(x[0])).In(x => sgn_(x[0])),
        Of("ceil", x => x[0].ceil()).In(x => x[0].ceil_()).Or(x => ceil(x[0])).In(x => ceil_(x[0])),
        Of("floor", x => x[0].floor()).In(x => x[0].floor_()).Or(x => floor(x[0])).In(x => floor_(x[0])),
        Of("trunc", x => x[0].trunc()).In(x => x[0].trunc_()).Or(x => trunc(x[0])).Or(x => x[0].fix())
            .Or(x => fix(x[0])).In(x => trunc_(x[0])).In(x => x[0].fix_()).In(x => fix_(x[0])),
        Of("frac", x => x[0].frac()).In(x => x[0].frac_()).Or(x => frac(x[0])).In(x => frac_(x[0])),
        Of("round", x => x[0].round()).In(x => x[0].round_()).Or(x => round(x[0])).In(x => round_(x[0])),
        Of("round.decimals", x => x[0].round(1)).In(x => x[0].round_(1)).Or(x => round(x[0], 1))
            .In(x => round_(x[0], 1)),
        Of("signbit", x => x[0].signbit()).Or(x => signbit(x[0])).No(Discrete),
        Of("angle", x => x[0].angle()).Or(x => angle(x[0])),
        Of("clamp", x => x[0].clamp(-0.75, 1.25)).In(x => x[0].clamp_(-0.75, 1.25))
            .Or(x => clamp(x[0], -0.75, 1.25)).Or(x => x[0].clip(-0.75, 1.25)).Or(x => clip(x[0], -0.75, 1.25))
            .In(x => clamp_(x[0], -0.75, 1.25)),
        Of("clamp.whole", x => x[0].clamp(-2, 5)).In(x => x[0].clamp_(-2, 5))
            .Or(x => clamp(x[0], min: -2, max: 5)).In(x => clamp_(x[0], -2, 5)),
        Of("clamp.tensors", x => x[0].clamp(x[1], x[2])).In(x => x[0].clamp_(x[1], x[2]))
            .Or(x => clamp(x[0], x[1], x[2])).In(x => clamp_(x[0], x[1], x[2])),
        Of("clamp_min", x => x[0].clamp_min(0.75)).In(x => x[0].clamp_min_(0.75)).Or(x => clamp_min(x[0], 0.75))
            .Or(x => x[0].clamp(min: 0.75)).In(x => clamp_min_(x[0], 0.75)).In(x => x[0].clamp_(min: 0.75))
            .In(x => clamp_(x[0], min: 0.75)),
        Of("clamp_max", x => x[0].clamp_max(0.75)).In(x => x[0].clamp_max_(0.75)).Or(x => clamp_max(x[0], 0.75))
            .Or(x => x[0].clamp(max: 0.75)).In(x => clamp_max_(x[0], 0.75)).In(x => x[0].clamp_(max: 0.75))
            .In(x => clamp_(x[0], max: 0.75)),
        Of("nan_to_num", x => x[0].nan_to_num()).In(x => x[0].nan_to_num_()).Or(x => nan_to_num(x[0]))
            .In(x => nan_to_num_(x[0])),
        Of("nan_to_num.values", x => x[0].nan_to_num(1.5, 2.5, -3.5)).In(x => x[0].nan_to_num_(1.5, 2.5, -3.5))
            .Or(x => nan_to_num(x[0], 1.5, 2.5, -3.5)).In(x => nan_to_num_(x[0], 1.5, 2.5, -3.5)),
        Of("frexp", x => x[0].frexp()).Or(x => frexp(x[0])),
    ];
}
