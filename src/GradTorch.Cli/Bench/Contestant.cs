namespace GradTorch.Cli.Bench;

/// <summary>One that does steps of training when it is asked to.</summary>
internal abstract class Contestant : IDisposable
{
    /// <returns>The seconds that so many steps took.</returns>
    public abstract double Run(int steps);

    public abstract void Dispose();
}
