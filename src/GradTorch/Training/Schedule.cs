namespace GradTorch.Training;

/// <summary>Learning rates of the members, step by step.</summary>
public abstract class Schedule
{
    /// <param name="rates">Each member's learning rate as configured.</param>
    protected Schedule(IReadOnlyList<double> rates) => Rates = rates;

    /// <summary>Each member's learning rate as configured.</summary>
    public IReadOnlyList<double> Rates { get; }

    /// <param name="step">Updates done before, from 0. Steps are asked for in order.</param>
    public abstract double RateAt(int member, long step);

    /// <summary>Hears of an evaluation; only a schedule that depends on the losses cares.</summary>
    /// <param name="updates">Updates done.</param>
    /// <param name="losses">Each member's mean loss; NaN or infinite of one that diverged.</param>
    public virtual void Evaluated(long updates, IReadOnlyList<double> losses)
    {
    }

    /// <summary>What it remembers of evaluations.</summary>
    public virtual void Visit(IStateVisitor visitor)
    {
    }
}
