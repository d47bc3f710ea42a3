namespace GradTorch.Gradients;

/// <summary>What one operation of a step gave.</summary>
/// <param name="Pass">Whether the step was on its way forwards or back.</param>
/// <param name="Layer">The module, such as hidden1.linear; <c>loss</c> at last.</param>
/// <param name="Timestep">In a recurrent layer, from 1.</param>
/// <param name="Operation">Such as <c>x W + b</c>, or on the way back what the gradient is of.</param>
/// <param name="Largest">The largest magnitude among its finite elements.</param>
/// <param name="Nonfinite">Elements that are NaN or infinite.</param>
public sealed record TracePoint(TracePass Pass, string Layer, int? Timestep, string Operation, double Largest, long Nonfinite);

public enum TracePass
{
    Forward,
    Backward,
}
