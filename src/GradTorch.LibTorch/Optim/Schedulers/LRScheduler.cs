using System.Globalization;

namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            /// <summary>Sets the learning rate of every parameter group. The first value is set by the constructor, the
            /// next by each <see cref="step()"/>, typically once an epoch or once a batch.</summary>
            public abstract class LRScheduler
            {
                internal Optimizer _optimizer = null!;
                internal int _last_epoch = -1;
                internal bool _verbose;
                internal IList<double> _last_lrs = [];
                internal IList<double> _base_lrs = [];
                protected int _step_count;

                protected LRScheduler()
                {
                }

                /// <param name="optimizer">Whose learning rates are set.</param>
                /// <param name="last_epoch">-1 to begin with the initial rates, else the epoch to go on after.</param>
                /// <param name="verbose">Prints every change to standard output.</param>
                protected LRScheduler(Optimizer optimizer, int last_epoch = -1, bool verbose = false)
                {
                    ArgumentNullException.ThrowIfNull(optimizer);
                    _optimizer = optimizer;
                    _last_epoch = last_epoch;
                    _verbose = verbose;
                    _base_lrs = [.. optimizer.ParamGroups.Select(group => group.InitialLearningRate)];
                    _last_lrs = [.. CurrentRates()];
                }

                public virtual void step() => step(null);

                /// <param name="epoch">Null goes on by one; a number jumps there, by the closed form where there is one.</param>
                public virtual void step(int? epoch)
                {
                    _step_count++;
                    _last_epoch = epoch ?? _last_epoch + 1;
                    var rates = (epoch is null ? get_lr() : get_closed_form_lr()).ToArray();
                    foreach (var (group, rate) in _optimizer.ParamGroups.Zip(rates)) group.LearningRate = rate;
                    for (var i = 0; _verbose && i < rates.Length; i++)
                    {
                        if (rates[i] != _last_lrs[i])
                            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Adjusting learning rate to {rates[i]}"));
                    }
                    _last_lrs = rates;
                }

                /// <param name="current">A metric, which only <see cref="impl.ReduceLROnPlateau"/> uses.</param>
                /// <param name="epoch">As in <see cref="step(int?)"/>.</param>
                public virtual void step(double current, int? epoch = null) => step(epoch);

                /// <summary>The rates that the last step set.</summary>
                public IEnumerable<double> get_last_lr() => _last_lrs;

                /// <summary>The next rates, from the present ones, so that schedulers can be chained.</summary>
                protected virtual IEnumerable<double> get_lr() => CurrentRates();

                /// <summary>The rates of this epoch, from the initial ones.</summary>
                protected virtual IEnumerable<double> get_closed_form_lr() => get_lr();

                private protected IEnumerable<double> CurrentRates(double factor = 1) =>
                    _optimizer.ParamGroups.Select(group => group.LearningRate * factor);

                private protected IEnumerable<double> InitialRates(double factor) => _base_lrs.Select(rate => rate * factor);

                /// <summary>One value for each parameter group.</summary>
                /// <exception cref="ArgumentException">There are more or fewer values than groups.</exception>
                private protected static double[] PerGroup(IEnumerable<double> values, Optimizer optimizer, string name)
                {
                    var given = values.ToArray();
                    var groups = optimizer.ParamGroups.Count();
                    return given.Length == groups ? given
                        : throw new ArgumentException($"expected {groups} values for {name}, one for each parameter group, got {given.Length}", name);
                }

                private protected static IEnumerable<double> Repeated(double value, Optimizer optimizer)
                {
                    ArgumentNullException.ThrowIfNull(optimizer);
                    return Enumerable.Repeat(value, optimizer.ParamGroups.Count());
                }
            }
        }
    }
}
