using TorchSharp.Interop;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            /// <summary>RMSprop, with momentum, and centered by the mean gradient.</summary>
            public static RMSProp RMSProp(IEnumerable<Parameter> parameters, double lr = 0.01, double alpha = 0.99, double eps = 1e-8,
                double weight_decay = 0, double momentum = 0, bool centered = false, bool maximize = false) =>
                new(parameters, lr, alpha, eps, weight_decay, momentum, centered, maximize);

            public static RMSProp RMSProp(IEnumerable<(string name, Parameter parameter)> parameters, double lr = 0.01, double alpha = 0.99,
                double eps = 1e-8, double weight_decay = 0, double momentum = 0, bool centered = false, bool maximize = false) =>
                new(parameters.Select(named => named.parameter), lr, alpha, eps, weight_decay, momentum, centered, maximize);

            public static RMSProp RMSProp(IEnumerable<RMSProp.ParamGroup> parameters, double lr = 0.01, double alpha = 0.99, double eps = 1e-8,
                double weight_decay = 0, double momentum = 0, bool centered = false, bool maximize = false) =>
                new(parameters, lr, alpha, eps, weight_decay, momentum, centered, maximize);
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>RMSprop (Hinton 2012; centered: Graves 2013): g ← ±∇ + weight_decay·w; v ← αv + (1 − α)g²;
    /// d = √v + eps, centered √(v − ḡ²) + eps with ḡ ← αḡ + (1 − α)g; w ← w − lr·g/d, with momentum
    /// b ← momentum·b + g/d, w ← w − lr·b.</summary>
    public class RMSProp : ForeachOptimizer<RMSProp.Options, RMSProp.State>, optim.IMomentum
    {
        public RMSProp(IEnumerable<Parameter> parameters, double lr = 1e-3, double alpha = 0.99, double eps = 1e-8, double weight_decay = 0,
            double momentum = 0.0, bool centered = false, bool maximize = false)
            : this([new ParamGroup { Parameters = parameters }], lr, alpha, eps, weight_decay, momentum, centered, maximize)
        {
        }

        /// <exception cref="ArgumentException">A rate is negative.</exception>
        public RMSProp(IEnumerable<ParamGroup> parameters, double lr = 1e-3, double alpha = 0.99, double eps = 1e-8, double weight_decay = 0,
            double momentum = 0.0, bool centered = false, bool maximize = false)
        {
            Require(lr >= 0, "learning rate", lr);
            Require(eps >= 0, "ε", eps);
            Require(alpha >= 0, "alpha", alpha);
            Require(momentum >= 0, "momentum value", momentum);
            Require(weight_decay >= 0, "weight_decay value", weight_decay);
            Start(new Options
            {
                LearningRate = lr, maximize = maximize, eps = eps, alpha = alpha, momentum = momentum, centered = centered,
                weight_decay = weight_decay,
            }, parameters);
        }

        /// <summary>The momentum of groups that will be added without their own.</summary>
        public double Momentum
        {
            get => Defaults.momentum!.Value;
            set => Defaults.momentum = value;
        }

        internal override OptimizerState NewState(Parameter parameter) => new State(parameter);

        private protected override void Update(Options options, Tensor[] parameters, Tensor[] gradients, State[] states)
        {
            gradients = Downhill(gradients, parameters, options.maximize, options.weight_decay);
            foreach (var state in states) state.step++;
            parameters = AsReal(parameters);
            gradients = AsReal(gradients);
            var denominators = Denominators(options, states, gradients);
            var lr = options.LearningRate!.Value;
            if (options.momentum is { } momentum and > 0)
            {
                var buffers = AsReal(Array.ConvertAll(states, state => state.momentum_buffer));
                Foreach("_foreach_mul_.Scalar", buffers, momentum);
                Foreach("_foreach_addcdiv_.Scalar", buffers, gradients, denominators);
                Foreach("_foreach_add_.List", parameters, buffers, -lr);
            }
            else
            {
                Foreach("_foreach_addcdiv_.Scalar", parameters, gradients, denominators, -lr);
            }
        }

        private static Tensor[] Denominators(Options options, State[] states, Tensor[] gradients)
        {
            var alpha = options.alpha!.Value;
            var squares = AsReal(Array.ConvertAll(states, state => state.square_avg));
            Foreach("_foreach_mul_.Scalar", squares, alpha);
            Foreach("_foreach_addcmul_.Scalar", squares, gradients, gradients, 1 - alpha);
            Tensor[] denominators;
            if (options.centered == true)
            {
                var means = AsReal(Array.ConvertAll(states, state => state.grad_avg));
                Foreach("_foreach_mul_.Scalar", means, alpha);
                Foreach("_foreach_add_.List", means, gradients, 1 - alpha);
                denominators = Aten.CallList("_foreach_addcmul.Scalar", squares, means, means, -1);
                Foreach("_foreach_sqrt_", denominators);
            }
            else
            {
                denominators = Aten.CallList("_foreach_sqrt", squares);
            }
            Foreach("_foreach_add_.Scalar", denominators, options.eps!.Value);
            return denominators;
        }

        public class Options : OptimizerOptions
        {
            public bool? maximize;
            public double? alpha;
            public double? eps;
            public double? weight_decay;
            public double? momentum;
            public bool? centered;

            internal override void Visit(IFieldVisitor visitor)
            {
                base.Visit(visitor);
                visitor.Flag(ref maximize);
                visitor.Number(ref momentum);
                visitor.Number(ref alpha);
                visitor.Number(ref eps);
                visitor.Number(ref weight_decay);
                visitor.Flag(ref centered);
            }
        }

        public class ParamGroup : ParamGroup<Options>, optim.IMomentum
        {
            public ParamGroup()
            {
            }

            public ParamGroup(IEnumerable<Parameter> parameters, Options options) : base(parameters, options)
            {
            }

            public ParamGroup(IEnumerable<Parameter> parameters, double lr = 1e-3, double eps = 1e-8, double alpha = 0.99,
                double weight_decay = 0, double momentum = 0.0, bool centered = false)
                : base(parameters, new Options
                {
                    LearningRate = lr, eps = eps, alpha = alpha, weight_decay = weight_decay, momentum = momentum, centered = centered,
                })
            {
            }

            public double Momentum
            {
                get => Options.momentum!.Value;
                set => Options.momentum = value;
            }
        }

        public sealed class State(Parameter parameter) : OptimizerState(parameter), IDisposable
        {
            public long step;
            public Tensor square_avg = null!;
            public Tensor momentum_buffer = null!;
            public Tensor grad_avg = null!;

            public override void Initialize(OptimizerOptions options)
            {
                step = 0;
                Reset(ref square_avg!);
                Reset(ref momentum_buffer!);
                Reset(ref grad_avg!);
            }

            public void Dispose() => DisposeTensors();

            internal override void Visit(IFieldVisitor visitor)
            {
                visitor.Count(ref step);
                visitor.Tensor(ref square_avg);
                visitor.Optional(ref momentum_buffer!);
                visitor.Optional(ref grad_avg!);
            }
        }
    }
}
