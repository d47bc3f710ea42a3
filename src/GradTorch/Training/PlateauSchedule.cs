namespace GradTorch.Training;

/// <summary>Reduces a member's rate when its test loss stops falling: after more than <c>patience</c> evaluations in a row
/// that are not below best · (1 − threshold), η ← max(γη, η_min). As torch.optim.lr_scheduler.ReduceLROnPlateau with mode
/// min and a relative threshold, each member on its own.</summary>
/// <remarks>A change below 1e-8 is made as well, which PyTorch leaves out. A NaN is no improvement.</remarks>
/// <param name="factor">γ.</param>
/// <param name="minimum">η_min.</param>
public sealed class PlateauSchedule(
    IReadOnlyList<double> rates, double factor, int patience, double threshold, double minimum)
    : Schedule(rates)
{
    private readonly double[] _now = [.. rates];
    private readonly double[] _best = [.. rates.Select(_ => double.PositiveInfinity)];
    private readonly long[] _waited = new long[rates.Count];

    public override double RateAt(int member, long step) => _now[member];

    public override void Visit(IStateVisitor visitor)
    {
        visitor.Visit("schedule.rates", _now);
        visitor.Visit("schedule.best_losses", _best);
        visitor.Visit("schedule.waited", _waited);
    }

    public override void Evaluated(long updates, IReadOnlyList<double> losses)
    {
        for (var member = 0; member < _now.Length; member++)
        {
            if (losses[member] < _best[member] * (1 - threshold))
            {
                _best[member] = losses[member];
                _waited[member] = 0;
            }
            else if (++_waited[member] > patience)
            {
                _now[member] = Math.Max(_now[member] * factor, minimum);
                _waited[member] = 0;
            }
        }
    }
}
