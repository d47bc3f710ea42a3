namespace GradTorch.Training;

/// <summary>η (t + 1)/W in the first W steps, so that step W − 1 has the whole rate; then another schedule, whose steps and
/// evaluations count from there.</summary>
/// <param name="steps">W ≥ 1.</param>
public sealed class LinearWarmup(Schedule then, long steps) : Schedule(then.Rates)
{
    public override double RateAt(int member, long step) =>
        step < steps ? Rates[member] * (step + 1) / steps : then.RateAt(member, step - steps);

    public override void Evaluated(long updates, IReadOnlyList<double> losses)
    {
        if (updates > steps) then.Evaluated(updates - steps, losses);
    }

    public override void Visit(IStateVisitor visitor) => then.Visit(visitor);
}
