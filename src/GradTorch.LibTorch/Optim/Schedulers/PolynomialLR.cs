namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>The initial rate times (1 − epoch/total_iters)^power, 0 afterwards.</summary>
                public class PolynomialLR : LRScheduler
                {
                    private readonly int _total_iters;
                    private readonly double _power;

                    public PolynomialLR(Optimizer optimizer, int total_iters = 5, double power = 1, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        _total_iters = total_iters;
                        _power = power;
                        step();
                    }

                    protected override IEnumerable<double> get_lr()
                    {
                        if (_last_epoch == 0 || _last_epoch > _total_iters) return CurrentRates();
                        return CurrentRates(Math.Pow(Remaining(_last_epoch) / Remaining(_last_epoch - 1), _power));
                    }

                    protected override IEnumerable<double> get_closed_form_lr() =>
                        InitialRates(Math.Pow(Remaining(Math.Min(_total_iters, _last_epoch)), _power));

                    private double Remaining(int epoch) => 1 - epoch / (double)_total_iters;
                }
            }
        }
    }
}
