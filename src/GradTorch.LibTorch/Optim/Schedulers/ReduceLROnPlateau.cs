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
                /// <summary>Multiplies the rate by <c>factor</c> when the metric given to <see cref="step(double, int?)"/> has not
                /// improved for more than <c>patience</c> epochs.</summary>
                public class ReduceLROnPlateau : LRScheduler
                {
                    private readonly bool _smallerIsBetter;
                    private readonly bool _relative;
                    private readonly double _factor;
                    private readonly int _patience;
                    private readonly double _threshold;
                    private readonly int _cooldown;
                    private readonly double[] _min_lrs;
                    private readonly double _eps;
                    private double _best;
                    private int _cooldownLeft;
                    private int _badEpochs;

                    /// <param name="optimizer">Whose learning rates are set.</param>
                    /// <param name="mode">"min": the metric should fall; "max": it should rise.</param>
                    /// <param name="factor">Below 1.</param>
                    /// <param name="patience">Epochs without improvement that are tolerated.</param>
                    /// <param name="threshold">How much better counts as better.</param>
                    /// <param name="threshold_mode">"rel": as a share of the best value; "abs": absolute.</param>
                    /// <param name="cooldown">Epochs after a reduction that are not counted.</param>
                    /// <param name="min_lr">None, one for all groups, or one for each.</param>
                    /// <param name="eps">A reduction by less is not made.</param>
                    /// <param name="verbose">Prints every change to standard output.</param>
                    /// <exception cref="ArgumentException">The factor is not below 1, or a mode is unknown.</exception>
                    public ReduceLROnPlateau(Optimizer optimizer, string mode = "min", double factor = 0.1, int patience = 10,
                        double threshold = 1e-4, string threshold_mode = "rel", int cooldown = 0, IList<double>? min_lr = null, double eps = 1e-8,
                        bool verbose = false) : base(optimizer, -1, verbose)
                    {
                        if (factor >= 1.0) throw new ArgumentException("Factor should be < 1.0");
                        if (mode is not ("min" or "max")) throw new ArgumentException($"mode {mode} is unknown! Allowed are min and max.");
                        if (threshold_mode is not ("rel" or "abs"))
                            throw new ArgumentException($"threshold mode {threshold_mode} is unknown! Allowed are rel and abs.");
                        _smallerIsBetter = mode == "min";
                        _relative = threshold_mode == "rel";
                        _factor = factor;
                        _patience = patience;
                        _threshold = threshold;
                        _cooldown = cooldown;
                        _min_lrs = min_lr is { Count: > 1 }
                            ? PerGroup(min_lr, optimizer, nameof(min_lr))
                            : [.. Repeated(min_lr is { Count: 1 } ? min_lr[0] : 0, optimizer)];
                        _eps = eps;
                        _best = _smallerIsBetter ? double.PositiveInfinity : double.NegativeInfinity;
                    }

                    public override void step() => throw MetricMissing("step()");

                    public override void step(int? epoch) => throw MetricMissing("step(int?)");

                    /// <param name="current">The metric of this epoch.</param>
                    /// <param name="epoch">Null goes on by one.</param>
                    public override void step(double current, int? epoch = null)
                    {
                        _last_epoch = epoch ?? _last_epoch + 1;
                        _badEpochs++;
                        if (IsBetter(current))
                        {
                            _best = current;
                            _badEpochs = 0;
                        }
                        if (_cooldownLeft > 0)
                        {
                            _cooldownLeft--;
                            _badEpochs = 0;
                        }
                        if (_badEpochs > _patience)
                        {
                            Reduce();
                            _cooldownLeft = _cooldown;
                            _badEpochs = 0;
                        }
                        _last_lrs = [.. CurrentRates()];
                    }

                    private static InvalidOperationException MetricMissing(string called) => new(
                        $"{called} should not be used with the ReduceLROnPlateau scheduler. Use step(double, int?), instead.");

                    private bool IsBetter(double current) => (_smallerIsBetter, _relative) switch
                    {
                        (true, true) => current < _best * (1 - _threshold),
                        (true, false) => current < _best - _threshold,
                        (false, true) => current > _best * (1 + _threshold),
                        (false, false) => current > _best + _threshold,
                    };

                    private void Reduce()
                    {
                        foreach (var ((group, smallest), i) in _optimizer.ParamGroups.Zip(_min_lrs).Select((pair, i) => (pair, i)))
                        {
                            var reduced = Math.Max(group.LearningRate * _factor, smallest);
                            if (group.LearningRate - reduced <= _eps) continue;
                            group.LearningRate = reduced;
                            if (_verbose)
                                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Epoch {_last_epoch}: reducing learning rate of group {i} to {reduced:g4}."));
                        }
                    }
                }
            }
        }
    }
}
