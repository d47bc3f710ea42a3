using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor relu() => Aten.Call("relu", this);
        public Tensor relu_() => Aten.CallInto(this, "relu_", this);
        public Tensor relu6() => Aten.Call("relu6", this);
        public Tensor relu6_() => Aten.CallInto(this, "relu6_", this);
        public Tensor selu() => Aten.Call("selu", this);
        public Tensor selu_() => Aten.CallInto(this, "selu_", this);
        public Tensor silu() => Aten.Call("silu", this);
        public Tensor silu_() => Aten.CallInto(this, "silu_", this);
        public Tensor hardsigmoid() => Aten.Call("hardsigmoid", this);
        public Tensor hardsigmoid_() => Aten.CallInto(this, "hardsigmoid_", this);
        public Tensor hardswish() => Aten.Call("hardswish", this);
        public Tensor hardswish_() => Aten.CallInto(this, "hardswish_", this);
        public Tensor gelu() => Aten.Call("gelu", this);
        public Tensor gelu_() => Aten.CallInto(this, "gelu_", this);

        public Tensor leaky_relu(Scalar negative_slope) => Aten.Call("leaky_relu", this, negative_slope);
        public Tensor leaky_relu_(Scalar negative_slope) => Aten.CallInto(this, "leaky_relu_", this, negative_slope);

        /// <summary>x where x &gt; 0, else weight · x.</summary>
        /// <param name="target">One weight, or one for each channel (dimension 1).</param>
        public Tensor prelu(Tensor target) => Aten.Call("prelu", this, target);

        /// <summary>Leaky ReLU with the mean of the slopes' range: outside training it draws none.</summary>
        public Tensor rrelu(double lower = 0.125, double upper = 1.0 / 3) => Aten.Call("rrelu", this, lower, upper);
        public Tensor rrelu_(double lower = 0.125, double upper = 1.0 / 3) =>
            Aten.CallInto(this, "rrelu_", this, lower, upper);

        public Tensor elu(double alpha = 1) => Aten.Call("elu", this, alpha);
        public Tensor elu_(double alpha = 1) => Aten.CallInto(this, "elu_", this, alpha);

        /// <summary>scale · x where x &gt; 0, else scale · alpha · (exp(input_scale · x) − 1).</summary>
        public Tensor elu(Scalar alpha, Scalar scale, Scalar input_scale) =>
            Aten.Call("elu", this, alpha, scale, input_scale);
        public Tensor elu_(Scalar alpha, Scalar scale, Scalar input_scale) =>
            Aten.CallInto(this, "elu_", this, alpha, scale, input_scale);

        public Tensor celu() => Aten.Call("celu", this);
        public Tensor celu_() => Aten.CallInto(this, "celu_", this);

        /// <summary>max(0, x) + min(0, alpha · (exp(x / alpha) − 1)).</summary>
        public Tensor celu(Scalar alpha) => Aten.Call("celu", this, alpha);
        public Tensor celu_(Scalar alpha) => Aten.CallInto(this, "celu_", this, alpha);

        public Tensor hardtanh(Scalar min, Scalar max) => Aten.Call("hardtanh", this, min, max);
        public Tensor hardtanh_(Scalar min, Scalar max) => Aten.CallInto(this, "hardtanh_", this, min, max);

        /// <summary>x where x &gt; threshold, else value.</summary>
        public Tensor threshold(Scalar threshold, Scalar value) => Aten.Call("threshold", this, threshold, value);
        public Tensor threshold_(Scalar threshold, Scalar value) =>
            Aten.CallInto(this, "threshold_", this, threshold, value);

        /// <summary>ln(1 + exp(beta · x)) / beta, and x itself where beta · x &gt; threshold.</summary>
        public Tensor softplus(double beta = 1, double threshold = 20) => Aten.Call("softplus", this, beta, threshold);

        public Tensor log_sigmoid() => Aten.Call("log_sigmoid", this);

        /// <summary>a · σ(b), where a and b are the halves along <paramref name="dim"/>.</summary>
        public Tensor glu(long dim = -1) => Aten.Call("glu", this, dim);

        public Tensor softmax(long dim, ScalarType? dtype = null) => Aten.Call("softmax.int", this, dim, dtype);
        public Tensor log_softmax(long dim, ScalarType? dtype = null) => Aten.Call("log_softmax.int", this, dim, dtype);
    }
}
