namespace GradTorch.Activations;

/// <summary>What an experiment can set of an activation; each takes what it knows.</summary>
public sealed record ActivationParameters
{
    /// <summary>n of tanh(nz), above 0, of each member.</summary>
    public MemberValues Slope { get; init; } = MemberValues.Uniform(1, members: 1);

    /// <summary>Slope of leaky ReLU below 0, 0 to 1.</summary>
    public double NegativeSlope { get; init; } = 0.01;

    /// <summary>α of ELU, above 0.</summary>
    public double Alpha { get; init; } = 1;
}
