namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>The rate goes up from <c>base_lr</c> to <c>max_lr</c> and down again, in cycles; momentum the other way.
                /// Smith 2017.</summary>
                public class CyclicLR : LRScheduler
                {
                    public enum Mode
                    {
                        /// <summary>Every cycle is as high.</summary>
                        Triangular,

                        /// <summary>Every cycle is half as high as the one before.</summary>
                        Triangular2,

                        /// <summary>The height is multiplied by gamma at every step.</summary>
                        ExpRange,
                    }

                    /// <summary>What the scale function gets: the number of the cycle, from 1, or of the step, from 0.</summary>
                    public enum ScaleMode
                    {
                        Cycle,
                        Iterations,
                    }

                    private readonly double[] _max_lrs;
                    private readonly double _total_size;
                    private readonly double _step_ratio;
                    private readonly Func<double, double> _scale_fn;
                    private readonly ScaleMode _scale_mode;
                    private readonly (IMomentum Group, double Base, double Max)[] _momenta = [];

                    public CyclicLR(Optimizer optimizer, double base_lr, double max_lr, int step_size_up = 2000, int step_size_down = -1,
                        Mode mode = Mode.Triangular, double gamma = 1.0, Func<double, double>? scale_fn = null,
                        ScaleMode scale_mode = ScaleMode.Cycle, bool cycle_momentum = true, double base_momentum = 0.8,
                        double max_momentum = 0.9, int last_epoch = -1, bool verbose = false)
                        : this(optimizer, Repeated(base_lr, optimizer), Repeated(max_lr, optimizer), step_size_up, step_size_down, mode, gamma,
                            scale_fn, scale_mode, cycle_momentum, Repeated(base_momentum, optimizer), Repeated(max_momentum, optimizer),
                            last_epoch, verbose)
                    {
                    }

                    /// <param name="optimizer">Whose learning rates are set.</param>
                    /// <param name="base_lr">Lowest rate of each group.</param>
                    /// <param name="max_lr">Highest rate of each group.</param>
                    /// <param name="step_size_up">Steps from lowest to highest.</param>
                    /// <param name="step_size_down">Steps from highest to lowest; -1: as many as up.</param>
                    /// <param name="mode">How the height changes, when there is no <paramref name="scale_fn"/>.</param>
                    /// <param name="gamma">For <see cref="Mode.ExpRange"/>.</param>
                    /// <param name="scale_fn">The height's factor.</param>
                    /// <param name="scale_mode">What <paramref name="scale_fn"/> gets.</param>
                    /// <param name="cycle_momentum">Whether momentum is cycled too, from the highest down.</param>
                    /// <param name="base_momentum">Lowest momentum of each group; 0.8 when null.</param>
                    /// <param name="max_momentum">Highest momentum of each group; 0.9 when null.</param>
                    /// <param name="last_epoch">-1 to begin, else the step to go on after.</param>
                    /// <param name="verbose">Prints every change to standard output.</param>
                    /// <exception cref="ArgumentException">The optimiser has no momentum to cycle, or a list has not one value for each
                    /// parameter group.</exception>
                    public CyclicLR(Optimizer optimizer, IEnumerable<double> base_lr, IEnumerable<double> max_lr, int step_size_up = 2000,
                        int step_size_down = -1, Mode mode = Mode.Triangular, double gamma = 1.0, Func<double, double>? scale_fn = null,
                        ScaleMode scale_mode = ScaleMode.Cycle, bool cycle_momentum = true, IEnumerable<double>? base_momentum = null,
                        IEnumerable<double>? max_momentum = null, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        _base_lrs = PerGroup(base_lr, optimizer, nameof(base_lr));
                        _max_lrs = PerGroup(max_lr, optimizer, nameof(max_lr));
                        _total_size = step_size_up + (step_size_down == -1 ? step_size_up : step_size_down);
                        _step_ratio = step_size_up / _total_size;
                        (_scale_fn, _scale_mode) = scale_fn is not null ? (scale_fn, scale_mode) : mode switch
                        {
                            Mode.Triangular => (_ => 1.0, ScaleMode.Cycle),
                            Mode.Triangular2 => (cycle => 1 / Math.Pow(2, cycle - 1), ScaleMode.Cycle),
                            _ => ((Func<double, double>)(step => Math.Pow(gamma, step)), ScaleMode.Iterations),
                        };
                        if (cycle_momentum)
                        {
                            var groups = optimizer.ParamGroups.OfType<IMomentum>().ToArray();
                            if (groups.Length != _base_lrs.Count)
                                throw new ArgumentException("optimizer must support momentum with `cycle_momentum` option enabled");
                            var lowest = PerGroup(base_momentum ?? Repeated(0.8, optimizer), optimizer, nameof(base_momentum));
                            var highest = PerGroup(max_momentum ?? Repeated(0.9, optimizer), optimizer, nameof(max_momentum));
                            _momenta = [.. groups.Select((group, i) => (group, lowest[i], highest[i]))];
                        }
                        step();
                    }

                    protected override IEnumerable<double> get_lr()
                    {
                        var cycle = Math.Floor(1 + _last_epoch / _total_size);
                        var x = 1 + _last_epoch / _total_size - cycle;
                        var height = (x <= _step_ratio ? x / _step_ratio : (x - 1) / (_step_ratio - 1))
                            * _scale_fn(_scale_mode == ScaleMode.Cycle ? cycle : _last_epoch);
                        foreach (var (group, lowest, highest) in _momenta) group.Momentum = highest - (highest - lowest) * height;
                        return _base_lrs.Zip(_max_lrs, (lowest, highest) => lowest + (highest - lowest) * height);
                    }
                }
            }
        }
    }
}
