namespace GradTorch.Cli.Bench;

/// <summary>One that does steps of training when it is asked to.</summary>
internal abstract class Contestant : IDisposable
{
    /// <summary>What it wrote in its last turn; null of one that records nothing.</summary>
    public virtual RecordSize? Size => null;

    /// <returns>The seconds that so many steps took.</returns>
    public abstract double Run(int steps);

    public abstract void Dispose();
}
