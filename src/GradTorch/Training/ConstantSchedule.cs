namespace GradTorch.Training;

/// <summary>η_t = η.</summary>
public sealed class ConstantSchedule(IReadOnlyList<double> rates) : Schedule(rates)
{
    public override double RateAt(int member, long step) => Rates[member];
}
