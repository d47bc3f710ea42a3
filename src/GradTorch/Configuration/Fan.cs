namespace GradTorch.Configuration;

/// <summary>Which of a layer's sizes keeps its variance: that of the activations forwards, or of the gradients backwards.
/// </summary>
public enum Fan
{
    /// <summary>Inputs of a unit.</summary>
    In,

    /// <summary>Units that an input feeds.</summary>
    Out,
}
