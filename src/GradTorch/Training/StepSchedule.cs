namespace GradTorch.Training;

/// <summary>η_t = η γ^⌊t/k⌋, as torch.optim.lr_scheduler.StepLR.</summary>
/// <param name="every">k ≥ 1 steps.</param>
/// <param name="factor">γ.</param>
public sealed class StepSchedule(IReadOnlyList<double> rates, long every, double factor) : Schedule(rates)
{
    public override double RateAt(int member, long step) => Rates[member] * Math.Pow(factor, step / every);
}
