using System.Globalization;

namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>One cycle over the whole training: up to <c>max_lr</c>, down, and far below the beginning; momentum (or β₁)
                /// the other way. Smith and Topin 2018.</summary>
                public class OneCycleLR : LRScheduler
                {
                    public enum AnnealStrategy
                    {
                        Cos,
                        Linear,
                    }

                    /// <summary>Up to and including <c>LastStep</c> from one rate to another.</summary>
                    private readonly record struct Phase(double LastStep, double[] From, double[] To, double[] MomentumFrom, double[] MomentumTo);

                    private readonly int _total_steps;
                    private readonly AnnealStrategy _strategy;
                    private readonly Phase[] _phases;
                    private readonly bool _cycle_momentum;

                    public OneCycleLR(Optimizer optimizer, double max_lr, int total_steps = -1, int epochs = -1, int steps_per_epoch = -1,
                        double pct_start = 0.3, AnnealStrategy anneal_strategy = AnnealStrategy.Cos, bool cycle_momentum = true,
                        double base_momentum = 0.85, double max_momentum = 0.95, double div_factor = 25, double final_div_factor = 1e4,
                        bool three_phase = false, int last_epoch = -1, bool verbose = false)
                        : this(optimizer, Repeated(max_lr, optimizer), total_steps, epochs, steps_per_epoch, pct_start, anneal_strategy,
                            cycle_momentum, Repeated(base_momentum, optimizer), Repeated(max_momentum, optimizer), div_factor, final_div_factor,
                            three_phase, last_epoch, verbose)
                    {
                    }

                    /// <param name="optimizer">Whose learning rates are set.</param>
                    /// <param name="max_lr">Highest rate of each group.</param>
                    /// <param name="total_steps">Length of the cycle; -1: <paramref name="epochs"/> × <paramref name="steps_per_epoch"/>.</param>
                    /// <param name="epochs">Of the training, without <paramref name="total_steps"/>.</param>
                    /// <param name="steps_per_epoch">Of the training, without <paramref name="total_steps"/>.</param>
                    /// <param name="pct_start">Share of the cycle that goes up, from 0 to 1.</param>
                    /// <param name="anneal_strategy">The curve from one rate to the next.</param>
                    /// <param name="cycle_momentum">Whether momentum, or β₁, is cycled too.</param>
                    /// <param name="base_momentum">Lowest momentum of each group; 0.85 when null.</param>
                    /// <param name="max_momentum">Highest momentum of each group; 0.95 when null.</param>
                    /// <param name="div_factor">The first rate is max_lr / div_factor.</param>
                    /// <param name="final_div_factor">The last rate is the first / final_div_factor.</param>
                    /// <param name="three_phase">Down to the first rate as long as up, then on to the last.</param>
                    /// <param name="last_epoch">-1 to begin, else the step to go on after.</param>
                    /// <param name="verbose">Prints every change to standard output.</param>
                    /// <exception cref="ArgumentException">The length is missing or not positive, <paramref name="pct_start"/> is outside
                    /// [0, 1], or the optimiser has no momentum to cycle.</exception>
                    public OneCycleLR(Optimizer optimizer, IEnumerable<double> max_lr, int total_steps = -1, int epochs = -1, int steps_per_epoch = -1,
                        double pct_start = 0.3, AnnealStrategy anneal_strategy = AnnealStrategy.Cos, bool cycle_momentum = true,
                        IEnumerable<double>? base_momentum = null, IEnumerable<double>? max_momentum = null, double div_factor = 25,
                        double final_div_factor = 1e4, bool three_phase = false, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        _total_steps = Length(total_steps, epochs, steps_per_epoch);
                        if (pct_start is not (>= 0 and <= 1))
                            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Expected float between 0 and 1 for pct_start, but got {pct_start}"));
                        if (cycle_momentum && !optimizer.ParamGroups.All(group => group is IMomentum or IBetas))
                            throw new ArgumentException("optimizer must support momentum with `cycle_momentum` option enabled");
                        _strategy = anneal_strategy;
                        _cycle_momentum = cycle_momentum;
                        var highest = PerGroup(max_lr, optimizer, nameof(max_lr));
                        var first = Array.ConvertAll(highest, rate => rate / div_factor);
                        var last = Array.ConvertAll(first, rate => rate / final_div_factor);
                        var low = PerGroup(base_momentum ?? Repeated(0.85, optimizer), optimizer, nameof(base_momentum));
                        var high = PerGroup(max_momentum ?? Repeated(0.95, optimizer), optimizer, nameof(max_momentum));
                        var up = new Phase(pct_start * _total_steps - 1, first, highest, high, low);
                        _phases = three_phase
                            ? [up, new(2 * pct_start * _total_steps - 2, highest, first, low, high), new(_total_steps - 1, first, last, high, high)]
                            : [up, new(_total_steps - 1, highest, last, low, high)];
                        if (last_epoch == -1)
                        {
                            _base_lrs = first;
                            foreach (var (group, rate) in optimizer.ParamGroups.Zip(first)) group.InitialLearningRate = rate;
                        }
                        step();
                    }

                    /// <exception cref="InvalidOperationException">The cycle is over.</exception>
                    protected override IEnumerable<double> get_lr()
                    {
                        if (_last_epoch > _total_steps)
                            throw new InvalidOperationException($"Tried to step {_last_epoch + 1} times. The specified number of total steps is {_total_steps}");
                        var current = 0;
                        while (current < _phases.Length - 1 && _last_epoch > _phases[current].LastStep) current++;
                        var phase = _phases[current];
                        var begin = current == 0 ? 0 : _phases[current - 1].LastStep;
                        var share = (_last_epoch - begin) / (phase.LastStep - begin);
                        foreach (var (group, i) in _optimizer.ParamGroups.Select((group, i) => (group, i)))
                        {
                            if (_cycle_momentum) SetMomentum(group, Between(phase.MomentumFrom[i], phase.MomentumTo[i], share));
                        }
                        return phase.From.Zip(phase.To, (from, to) => Between(from, to, share));
                    }

                    private static int Length(int total_steps, int epochs, int steps_per_epoch)
                    {
                        if (total_steps == -1 && epochs == -1 && steps_per_epoch == -1)
                            throw new ArgumentException("You must define either total_steps OR (epochs AND steps_per_epoch)");
                        if (total_steps != -1) return Positive(total_steps, nameof(total_steps));
                        return Positive(epochs, nameof(epochs)) * Positive(steps_per_epoch, nameof(steps_per_epoch));
                    }

                    private static int Positive(int value, string name) =>
                        value > 0 ? value : throw new ArgumentException($"Expected positive integer {name}, but got {value}");

                    private static void SetMomentum(ILearningRateController group, double momentum)
                    {
                        if (group is IBetas betas) betas.Betas = (momentum, betas.Betas.Item2);
                        else ((IMomentum)group).Momentum = momentum;
                    }

                    private double Between(double from, double to, double share) => _strategy == AnnealStrategy.Cos
                        ? to + (from - to) / 2 * (Math.Cos(Math.PI * share) + 1)
                        : (to - from) * share + from;
                }
            }
        }
    }
}
