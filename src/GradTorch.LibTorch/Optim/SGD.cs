using TorchSharp.Interop;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            /// <summary>Stochastic gradient descent, with momentum and Nesterov's momentum.</summary>
            public static SGD SGD(IEnumerable<Parameter> parameters, double learningRate, double momentum = 0.0, double dampening = 0,
                double weight_decay = 0, bool nesterov = false, bool maximize = false) =>
                new(parameters, learningRate, momentum, dampening, weight_decay, nesterov, maximize);

            public static SGD SGD(IEnumerable<(string name, Parameter parameter)> parameters, double learningRate, double momentum = 0.0,
                double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false) =>
                new(parameters.Select(named => named.parameter), learningRate, momentum, dampening, weight_decay, nesterov, maximize);

            public static SGD SGD(IEnumerable<SGD.ParamGroup> parameters, double learningRate, double momentum = 0.0, double dampening = 0,
                double weight_decay = 0, bool nesterov = false, bool maximize = false) =>
                new(parameters, learningRate, momentum, dampening, weight_decay, nesterov, maximize);
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>g ← ±∇ + weight_decay·w; b ← momentum·b + (1 − dampening)·g, at the first step b = g;
    /// w ← w − lr·b, with Nesterov w − lr·(g + momentum·b). Sutskever et al. 2013.</summary>
    public class SGD : ForeachOptimizer<SGD.Options, SGD.State>, optim.IMomentum
    {
        public SGD(IEnumerable<Parameter> parameters, double lr, double momentum = 0.0, double dampening = 0, double weight_decay = 0,
            bool nesterov = false, bool maximize = false)
            : this([new ParamGroup { Parameters = parameters }], lr, momentum, dampening, weight_decay, nesterov, maximize)
        {
        }

        /// <exception cref="ArgumentException">A rate is negative, or Nesterov goes without momentum or with dampening.</exception>
        public SGD(IEnumerable<ParamGroup> parameters, double lr, double momentum = 0.0, double dampening = 0, double weight_decay = 0,
            bool nesterov = false, bool maximize = false)
        {
            Require(lr >= 0, "learning rate", lr);
            Require(momentum >= 0, "momentum value", momentum);
            Require(weight_decay >= 0, "weight_decay value", weight_decay);
            if (nesterov && (momentum <= 0 || dampening != 0))
                throw new ArgumentException("Nesterov momentum requires a momentum and zero dampening");
            Start(new ParamGroup([], lr, momentum, dampening, weight_decay, nesterov, maximize).Options, parameters);
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
            if (options.momentum is { } momentum and not 0)
            {
                var buffers = Accumulate(states, gradients, momentum, options.dampening!.Value);
                gradients = options.nesterov == true ? Aten.CallList("_foreach_add.List", gradients, buffers, momentum) : buffers;
            }
            Foreach("_foreach_add_.List", parameters, gradients, -options.LearningRate!.Value);
        }

        private static Tensor[] Accumulate(State[] states, Tensor[] gradients, double momentum, double dampening)
        {
            var started = Enumerable.Range(0, states.Length).Where(i => states[i].momentum_buffer is not null).ToArray();
            if (started.Length > 0)
            {
                Tensor[] buffers = [.. started.Select(i => states[i].momentum_buffer!)];
                Foreach("_foreach_mul_.Scalar", buffers, momentum);
                Foreach("_foreach_add_.List", buffers, started.Select(i => gradients[i]).ToArray(), 1 - dampening);
            }
            for (var i = 0; i < states.Length; i++)
                states[i].momentum_buffer ??= Aten.Call("clone", gradients[i]).DetachFromDisposeScope();
            return Array.ConvertAll(states, state => state.momentum_buffer!);
        }

        public class Options : OptimizerOptions
        {
            public double? momentum;
            public double? dampening;
            public double? weight_decay;
            public bool? nesterov;
            public bool? maximize;

            internal override void Visit(IFieldVisitor visitor)
            {
                base.Visit(visitor);
                visitor.Number(ref momentum);
                visitor.Number(ref dampening);
                visitor.Number(ref weight_decay);
                visitor.Flag(ref nesterov);
                visitor.Flag(ref maximize);
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

            public ParamGroup(IEnumerable<Parameter> parameters, double lr = 1e-3, double momentum = 0.0, double dampening = 0,
                double weight_decay = 0, bool nesterov = false, bool maximize = false)
                : base(parameters, new Options
                {
                    LearningRate = lr, momentum = momentum, dampening = dampening, weight_decay = weight_decay, nesterov = nesterov,
                    maximize = maximize,
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
            public Tensor? momentum_buffer;

            public override void Initialize(OptimizerOptions options)
            {
                momentum_buffer?.Dispose();
                momentum_buffer = null;
            }

            public void Dispose() => DisposeTensors();

            internal override void Visit(IFieldVisitor visitor) => visitor.Optional(ref momentum_buffer);
        }
    }
}
