using TorchSharp.Interop;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            /// <summary>Adagrad: steps that shrink with the sum of the squared gradients.</summary>
            public static Adagrad Adagrad(IEnumerable<Parameter> parameters, double lr = 1e-2, double lr_decay = 0, double weight_decay = 0,
                double initial_accumulator_value = 0, double eps = 1e-10) =>
                new(parameters, lr, lr_decay, weight_decay, initial_accumulator_value, eps);

            public static Adagrad Adagrad(IEnumerable<(string name, Parameter parameter)> parameters, double lr = 1e-2, double lr_decay = 0,
                double weight_decay = 0, double initial_accumulator_value = 0, double eps = 1e-10) =>
                new(parameters.Select(named => named.parameter), lr, lr_decay, weight_decay, initial_accumulator_value, eps);

            public static Adagrad Adagrad(IEnumerable<Adagrad.ParamGroup> parameters, double lr = 1e-2, double lr_decay = 0,
                double weight_decay = 0, double initial_accumulator_value = 0, double eps = 1e-10) =>
                new(parameters, lr, lr_decay, weight_decay, initial_accumulator_value, eps);
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>Adagrad (Duchi et al. 2011): g ← ∇ + weight_decay·w; s ← s + g², at first initial_accumulator_value;
    /// w ← w − lr/(1 + (t − 1)·lr_decay) · g/(√s + eps).</summary>
    public class Adagrad : ForeachOptimizer<Adagrad.Options, Adagrad.State>
    {
        public Adagrad(IEnumerable<Parameter> parameters, double lr = 1e-2, double lr_decay = 0, double weight_decay = 0,
            double initial_accumulator_value = 0, double eps = 1e-10)
            : this([new ParamGroup { Parameters = parameters }], lr, lr_decay, weight_decay, initial_accumulator_value, eps)
        {
        }

        /// <exception cref="ArgumentException">A rate is negative.</exception>
        public Adagrad(IEnumerable<ParamGroup> parameters, double lr = 1e-2, double lr_decay = 0, double weight_decay = 0,
            double initial_accumulator_value = 0, double eps = 1e-10)
        {
            Require(lr >= 0, "learning rate", lr);
            Require(eps >= 0, "ε", eps);
            Require(lr_decay >= 0, "lr_decay value", lr_decay);
            Require(weight_decay >= 0, "weight_decay value", weight_decay);
            Require(initial_accumulator_value >= 0, "initial_accumulator_value", initial_accumulator_value);
            Start(new ParamGroup([], lr, lr_decay, weight_decay, initial_accumulator_value, eps).Options, parameters);
        }

        internal override OptimizerState NewState(Parameter parameter) => new State(parameter);

        private protected override void Update(Options options, Tensor[] parameters, Tensor[] gradients, State[] states)
        {
            if (Array.Exists(gradients, gradient => gradient.is_sparse))
                throw new NotImplementedException("Adagrad optimization over sparse parameters");
            if (Array.Exists(gradients, gradient => gradient.is_complex()))
                throw new NotImplementedException("Adagrad optimization over complex parameters");
            gradients = Downhill(gradients, parameters, maximize: false, options.weight_decay);
            var scales = new double[states.Length];
            for (var i = 0; i < states.Length; i++)
                scales[i] = -(options.LearningRate!.Value / (1 + states[i].step++ * options.lr_decay!.Value));
            var sums = Array.ConvertAll(states, state => state.sum);
            Foreach("_foreach_addcmul_.Scalar", sums, gradients, gradients);
            var denominators = Aten.CallList("_foreach_sqrt", sums);
            Foreach("_foreach_add_.Scalar", denominators, options.eps!.Value);
            Foreach("_foreach_addcdiv_.ScalarList", parameters, gradients, denominators, scales);
        }

        public class Options : OptimizerOptions
        {
            public double? lr_decay;
            public double? initial_accumulator_value;
            public double? eps;
            public double? weight_decay;

            internal override void Visit(IFieldVisitor visitor)
            {
                base.Visit(visitor);
                visitor.Number(ref lr_decay);
                visitor.Number(ref initial_accumulator_value);
                visitor.Number(ref eps);
                visitor.Number(ref weight_decay);
            }
        }

        public class ParamGroup : ParamGroup<Options>
        {
            public ParamGroup()
            {
            }

            public ParamGroup(IEnumerable<Parameter> parameters, Options options) : base(parameters, options)
            {
            }

            public ParamGroup(IEnumerable<Parameter> parameters, double lr = 1e-2, double lr_decay = 0, double weight_decay = 0,
                double initial_accumulator_value = 0, double eps = 1e-10)
                : base(parameters, new Options
                {
                    LearningRate = lr, lr_decay = lr_decay, weight_decay = weight_decay, eps = eps,
                    initial_accumulator_value = initial_accumulator_value,
                })
            {
            }
        }

        public sealed class State(Parameter parameter) : OptimizerState(parameter), IDisposable
        {
            public long step;
            public Tensor sum = null!;

            public override void Initialize(OptimizerOptions options)
            {
                step = 0;
                Reset(ref sum!, ((Options)options).initial_accumulator_value!.Value);
            }

            public void Dispose() => DisposeTensors();

            internal override void Visit(IFieldVisitor visitor)
            {
                visitor.Count(ref step);
                visitor.Tensor(ref sum);
            }
        }
    }
}
