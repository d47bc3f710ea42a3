using static GradTorch.LibTorch.Tests.Operators.OperatorCaseWriting;
using static TorchSharp.torch;

namespace GradTorch.LibTorch.Tests.Operators;

internal static partial class OperatorCases
{
    private static OperatorCase[] Pointwise =>
    [
        Of("sin", x => x[0].sin()).In(x => x[0].sin_()).Or(x => sin(x[0])).In(x => sin_(x[0])),
        Of("cos", x => x[0].cos()).In(x => x[0].cos_()).Or(x => cos(x[0])).In(x => cos_(x[0])),
        Of("tan", x => x[0].tan()).In(x => x[0].tan_()).Or(x => tan(x[0])).In(x => tan_(x[0])),
        Of("sinh", x => x[0].sinh()).In(x => x[0].sinh_()).Or(x => sinh(x[0])).In(x => sinh_(x[0])),
        Of("cosh", x => x[0].cosh()).In(x => x[0].cosh_()).Or(x => cosh(x[0])).In(x => cosh_(x[0])),
        Of("sinc", x => x[0].sinc()).In(x => x[0].sinc_()).Or(x => sinc(x[0])).In(x => sinc_(x[0])),
        Of("asin", x => x[0].asin()).In(x => x[0].asin_()).Or(x => asin(x[0])).Or(x => x[0].arcsin())
            .Or(x => arcsin(x[0])).In(x => asin_(x[0])).In(x => x[0].arcsin_()).In(x => arcsin_(x[0])),
        Of("acos", x => x[0].acos()).In(x => x[0].acos_()).Or(x => acos(x[0])).Or(x => x[0].arccos())
            .Or(x => arccos(x[0])).In(x => acos_(x[0])).In(x => x[0].arccos_()).In(x => arccos_(x[0])),
        Of("atan", x => x[0].atan()).In(x => x[0].atan_()).Or(x => atan(x[0])).Or(x => x[0].arctan())
            .Or(x => arctan(x[0])).In(x => atan_(x[0])).In(x => x[0].arctan_()).In(x => arctan_(x[0])),
        Of("asinh", x => x[0].asinh()).In(x => x[0].asinh_()).Or(x => asinh(x[0])).Or(x => x[0].arcsinh())
            .Or(x => arcsinh(x[0])).In(x => asinh_(x[0])).In(x => x[0].arcsinh_()).In(x => arcsinh_(x[0])),
        Of("acosh", x => x[0].acosh()).In(x => x[0].acosh_()).Or(x => acosh(x[0])).Or(x => x[0].arccosh())
            .Or(x => arccosh(x[0])).In(x => acosh_(x[0])).In(x => x[0].arccosh_()).In(x => arccosh_(x[0])),
        Of("atanh", x => x[0].atanh()).In(x => x[0].atanh_()).Or(x => atanh(x[0])).Or(x => x[0].arctanh())
            .Or(x => arctanh(x[0])).In(x => atanh_(x[0])).In(x => x[0].arctanh_()).In(x => arctanh_(x[0])),
        Of("tanh", x => x[0].tanh()).In(x => x[0].tanh_()).Or(x => tanh(x[0])).In(x => tanh_(x[0])),
        Of("atan2", x => x[0].atan2(x[1])).In(x => x[0].atan2_(x[1])).Or(x => atan2(x[0], x[1]))
            .Or(x => x[0].arctan2(x[1])).Or(x => arctan2(x[0], x[1])).Or(x => x[0].arctan(x[1]))
            .In(x => atan2_(x[0], x[1])).In(x => x[0].arctan2_(x[1])).In(x => arctan2_(x[0], x[1]))
            .In(x => x[0].arctan_(x[1])).In(x => arctan_(x[0], x[1])),
        Of("deg2rad", x => x[0].deg2rad()).In(x => x[0].deg2rad_()).Or(x => deg2rad(x[0])).In(x => deg2rad_(x[0])),
        Of("rad2deg", x => x[0].rad2deg()).In(x => x[0].rad2deg_()).Or(x => rad2deg(x[0])).In(x => rad2deg_(x[0])),

        Of("erf", x => x[0].erf()).In(x => x[0].erf_()).Or(x => erf(x[0])).In(x => erf_(x[0])),
        Of("erfc", x => x[0].erfc()).In(x => x[0].erfc_()).Or(x => erfc(x[0])).In(x => erfc_(x[0])),
        Of("i0", x => x[0].i0()).In(x => x[0].i0_()).Or(x => i0(x[0])).In(x => i0_(x[0])),
        Of("erfinv", x => x[0].erfinv()).In(x => x[0].erfinv_()).Or(x => erfinv(x[0])).In(x => erfinv_(x[0])),
        Of("lgamma", x => x[0].lgamma()).In(x => x[0].lgamma_()).Or(x => lgamma(x[0])).In(x => lgamma_(x[0])),
        Of("digamma", x => x[0].digamma()).In(x => x[0].digamma_()).Or(x => digamma(x[0])).In(x => digamma_(x[0])),
        Of("polygamma", x => x[0].polygamma(1)).In(x => x[0].polygamma_(1)).Or(x => polygamma(x[0], 1))
            .In(x => polygamma_(x[0], 1)),
        Of("mvlgamma", x => x[0].mvlgamma(2)).In(x => x[0].mvlgamma_(2)).Or(x => mvlgamma(x[0], 2))
            .In(x => mvlgamma_(x[0], 2)),
        Of("igamma", x => x[0].igamma(x[1])).Or(x => igamma(x[0], x[1]))
            .No("libtorch differentiates it by the second argument only"),
        Of("igammac", x => x[0].igammac(x[1])).Or(x => igammac(x[0], x[1]))
            .No("libtorch differentiates it by the second argument only"),

        Of("relu", x => x[0].relu()).In(x => x[0].relu_()),
        Of("relu6", x => x[0].relu6()).In(x => x[0].relu6_()),
        Of("selu", x => x[0].selu()).In(x => x[0].selu_()),
        Of("silu", x => x[0].silu()).In(x => x[0].silu_()),
        Of("hardsigmoid", x => x[0].hardsigmoid()).In(x => x[0].hardsigmoid_()),
        Of("hardswish", x => x[0].hardswish()).In(x => x[0].hardswish_()),
        Of("gelu", x => x[0].gelu()).In(x => x[0].gelu_()),
        Of("celu", x => x[0].celu()).In(x => x[0].celu_()),
        Of("elu", x => x[0].elu()).In(x => x[0].elu_()),
        Of("log_sigmoid", x => x[0].log_sigmoid()),
        Of("leaky_relu", x => x[0].leaky_relu(0.2)).In(x => x[0].leaky_relu_(0.2)),
        Of("rrelu", x => x[0].rrelu()).In(x => x[0].rrelu_()),
        Of("elu.alpha", x => x[0].elu(0.7)).In(x => x[0].elu_(0.7)),
        Of("elu.scales", x => x[0].elu(0.7, 1.3, 0.9)).In(x => x[0].elu_(0.7, 1.3, 0.9)),
        Of("celu.alpha", x => x[0].celu(0.7)).In(x => x[0].celu_(0.7)),
        Of("hardtanh", x => x[0].hardtanh(-0.75, 1.25)).In(x => x[0].hardtanh_(-0.75, 1.25)),
        Of("threshold", x => x[0].threshold(0.05, -3.0)).In(x => x[0].threshold_(0.05, -3.0)),
        Of("softplus", x => x[0].softplus()),
        Of("softplus.beta", x => x[0].softplus(2, 3)),
        Of("prelu", x => x[0].prelu(x[1])),
        Of("glu", x => x[0].glu()),
        Of("glu.dim", x => x[0].glu(0)),
        Of("softmax", x => x[0].softmax(1)).Or(x => softmax(x[0], 1)),
        Of("softmax.dtype", x => x[0].softmax(0, ScalarType.Float64)).Or(x => softmax(x[0], 0, ScalarType.Float64)),
        Of("log_softmax", x => x[0].log_softmax(1)),
        Of("log_softmax.dtype", x => x[0].log_softmax(0, ScalarType.Float64)),

        Of("eq", x => x[0].eq(x[1])).In(x => x[0].eq_(x[1])).Or(x => eq(x[0], x[1])).Or(x => x[0] == x[1])
            .Or(x => x[0].equal(x[1])).No(Discrete),
        Of("eq.scalar", x => x[0].eq(0.5)).In(x => x[0].eq_(0.5)).Or(x => x[0] == 0.5).Or(x => 0.5 == x[0])
            .No(Discrete),
        Of("eq.integer", x => x[0].eq(2)).In(x => x[0].eq_(2)).Or(x => x[0] == 2).Or(x => 2 == x[0]).No(Discrete),
        Of("ne", x => x[0].ne(x[1])).In(x => x[0].ne_(x[1])).Or(x => ne(x[0], x[1])).Or(x => x[0] != x[1])
            .Or(x => x[0].not_equal(x[1])).No(Discrete).In(x => x[0].not_equal_(x[1])),
        Of("ne.scalar", x => x[0].ne(0.5)).In(x => x[0].ne_(0.5)).Or(x => x[0] != 0.5).Or(x => 0.5 != x[0])
            .No(Discrete),
        Of("ne.integer", x => x[0].ne(2)).In(x => x[0].ne_(2)).Or(x => x[0] != 2).Or(x => 2 != x[0]).No(Discrete),
        Of("lt", x => x[0].lt(x[1])).In(x => x[0].lt_(x[1])).Or(x => lt(x[0], x[1])).Or(x => x[0] < x[1])
            .Or(x => x[0].less(x[1])).No(Discrete),
        Of("lt.scalar", x => x[0].lt(0.5)).In(x => x[0].lt_(0.5)).Or(x => x[0] < 0.5).Or(x => 0.5 > x[0]).No(Discrete),
        Of("lt.integer", x => x[0].lt(2)).In(x => x[0].lt_(2)).Or(x => x[0] < 2).Or(x => 2 > x[0]).No(Discrete),
        Of("le", x => x[0].le(x[1])).In(x => x[0].le_(x[1])).Or(x => le(x[0], x[1])).Or(x => x[0] <= x[1])
            .Or(x => x[0].less_equal(x[1])).No(Discrete).In(x => x[0].less_equal_(x[1])),
        Of("le.scalar", x => x[0].le(0.5)).In(x => x[0].le_(0.5)).Or(x => x[0] <= 0.5).Or(x => 0.5 >= x[0])
            .No(Discrete),
        Of("le.integer", x => x[0].le(2)).In(x => x[0].le_(2)).Or(x => x[0] <= 2).Or(x => 2 >= x[0]).No(Discrete),
        Of("gt", x => x[0].gt(x[1])).In(x => x[0].gt_(x[1])).Or(x => gt(x[0], x[1])).Or(x => x[0] > x[1])
            .Or(x => x[0].greater(x[1])).No(Discrete),
        Of("gt.scalar", x => x[0].gt(0.5)).In(x => x[0].gt_(0.5)).Or(x => x[0] > 0.5).Or(x => 0.5 < x[0]).No(Discrete),
        Of("gt.integer", x => x[0].gt(2)).In(x => x[0].gt_(2)).Or(x => x[0] > 2).Or(x => 2 < x[0]).No(Discrete),
        Of("ge", x => x[0].ge(x[1])).In(x => x[0].ge_(x[1])).Or(x => ge(x[0], x[1])).Or(x => x[0] >= x[1])
            .Or(x => x[0].greater_equal(x[1])).No(Discrete),
        Of("ge.scalar", x => x[0].ge(0.5)).In(x => x[0].ge_(0.5)).Or(x => x[0] >= 0.5).Or(x => 0.5 <= x[0])
            .No(Discrete),
        Of("ge.integer", x => x[0].ge(2)).In(x => x[0].ge_(2)).Or(x => x[0] >= 2).Or(x => 2 <= x[0]).No(Discrete),
        Of("isnan", x => x[0].isnan()).Or(x => isnan(x[0])).No(Discrete),
        Of("isinf", x => x[0].isinf()).Or(x => isinf(x[0])).No(Discrete),
        Of("isfinite", x => x[0].isfinite()).Or(x => isfinite(x[0])).No(Discrete),
        Of("isposinf", x => x[0].isposinf()).Or(x => isposinf(x[0])).No(Discrete),
        Of("isneginf", x => x[0].isneginf()).Or(x => isneginf(x[0])).No(Discrete),
        Of("isreal", x => x[0].isreal()).Or(x => isreal(x[0])).No(Discrete),
        Of("isclose", x => x[0].isclose(x[1], 0.1, 0.01)).Or(x => isclose(x[0], x[1], 0.1, 0.01)).No(Discrete),
        Of("isclose.nan", x => x[0].isclose(x[1], 0.1, 0.01, nanEqual: true)).No(Discrete),
        Of("isin", x => x[0].isin(x[1])).Or(x => isin(x[0], x[1])).No(Discrete),
        Of("isin.invert", x => x[0].isin(x[1], invert: true)).No(Discrete),
        Of("maximum", x => x[0].maximum(x[1])).Or(x => maximum(x[0], x[1])).Or(x => x[0].max(x[1]))
            .Or(x => max(x[0], x[1])),
        Of("minimum", x => x[0].minimum(x[1])).Or(x => minimum(x[0], x[1])).Or(x => x[0].min(x[1]))
            .Or(x => min(x[0], x[1])),
        Of("fmax", x => x[0].fmax(x[1])).Or(x => fmax(x[0], x[1])),
        Of("fmin", x => x[0].fmin(x[1])).Or(x => fmin(x[0], x[1])),

        Of("bitwise_and", x => x[0].bitwise_and(x[1])).In(x => x[0].bitwise_and_(x[1]))
            .Or(x => bitwise_and(x[0], x[1])).Or(x => x[0] & x[1]).No(Integral).In(x => bitwise_and_(x[0], x[1])),
        Of("bitwise_or", x => x[0].bitwise_or(x[1])).In(x => x[0].bitwise_or_(x[1]))
            .Or(x => bitwise_or(x[0], x[1])).Or(x => x[0] | x[1]).No(Integral).In(x => bitwise_or_(x[0], x[1])),
        Of("bitwise_xor", x => x[0].bitwise_xor(x[1])).In(x => x[0].bitwise_xor_(x[1]))
            .Or(x => bitwise_xor(x[0], x[1])).Or(x => x[0] ^ x[1]).No(Integral).In(x => bitwise_xor_(x[0], x[1])),
        Of("bitwise_not", x => x[0].bitwise_not()).In(x => x[0].bitwise_not_()).Or(x => bitwise_not(x[0]))
            .Or(x => ~x[0]).No(Integral).In(x => bitwise_not_(x[0])),
        Of("bitwise_left_shift", x => x[0].bitwise_left_shift(x[1])).In(x => x[0].bitwise_left_shift_(x[1]))
            .Or(x => bitwise_left_shift(x[0], x[1])).No(Integral).In(x => bitwise_left_shift_(x[0], x[1])),
        Of("bitwise_right_shift", x => x[0].bitwise_right_shift(x[1])).In(x => x[0].bitwise_right_shift_(x[1]))
            .Or(x => bitwise_right_shift(x[0], x[1])).No(Integral).In(x => bitwise_right_shift_(x[0], x[1])),
        Of("logical_and", x => x[0].logical_and(x[1])).In(x => x[0].logical_and_(x[1]))
            .Or(x => logical_and(x[0], x[1])).No(Discrete).In(x => logical_and_(x[0], x[1])),
        Of("logical_or", x => x[0].logical_or(x[1])).In(x => x[0].logical_or_(x[1]))
            .Or(x => logical_or(x[0], x[1])).No(Discrete).In(x => logical_or_(x[0], x[1])),
        Of("logical_xor", x => x[0].logical_xor(x[1])).In(x => x[0].logical_xor_(x[1]))
            .Or(x => logical_xor(x[0], x[1])).No(Discrete).In(x => logical_xor_(x[0], x[1])),
        Of("logical_not", x => x[0].logical_not()).In(x => x[0].logical_not_()).Or(x => logical_not(x[0])).No(Discrete),
        Of("where", x => where(x[0], x[1], x[2])).Or(x => x[1].where(x[0], x[2])),
        Of("masked_fill", x => x[0].masked_fill(x[1], 2.5)).In(x => x[0].masked_fill_(x[1], 2.5)),
        Of("heaviside", x => x[0].heaviside(x[1])).In(x => x[0].heaviside_(x[1])).Or(x => heaviside(x[0], x[1]))
            .No(NotIn113).In(x => heaviside_(x[0], x[1])),
    ];
}
