namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>Several schedulers at once: each changes the rate that the one before it left.</summary>
                public class ChainedLR : LRScheduler
                {
                    private readonly LRScheduler[] _schedulers;

                    /// <exception cref="ArgumentException">There are none, or they are of different optimisers.</exception>
                    public ChainedLR(IEnumerable<LRScheduler> schedulers)
                    {
                        _schedulers = [.. schedulers];
                        if (_schedulers.Length == 0) throw new ArgumentException("The ChainedLR scheduler expects at least one scheduler.", nameof(schedulers));
                        _optimizer = _schedulers[0]._optimizer;
                        if (Array.Exists(_schedulers, scheduler => scheduler._optimizer != _optimizer))
                            throw new ArgumentException("The ChainedLR scheduler expects all its sub-schedulers to be bound to the same optimizer.", nameof(schedulers));
                        _last_lrs = [.. CurrentRates()];
                    }

                    public override void step() => step(null);

                    public override void step(int? epoch)
                    {
                        foreach (var scheduler in _schedulers) scheduler.step(epoch);
                        _last_lrs = [.. CurrentRates()];
                    }
                }
            }
        }
    }
}
