namespace GradTorch.Training;

/// <summary>η_t = η_min + (η − η_min)(1 + cos(πt/T))/2, as torch.optim.lr_scheduler.CosineAnnealingLR (Loshchilov and Hutter
/// 2017, arXiv 1608.03983, without restarts).</summary>
/// <param name="steps">T &gt; 0.</param>
/// <param name="minimum">η_min, the rate that would be that of step T.</param>
public sealed class CosineSchedule(IReadOnlyList<double> rates, long steps, double minimum) : Schedule(rates)
{
    public override double RateAt(int member, long step) =>
        minimum + (Rates[member] - minimum) * (1 + Math.Cos(Math.PI * Math.Min(step, steps) / steps)) / 2;
}
