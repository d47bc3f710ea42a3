namespace GradTorch.Gradients.Measurements;

/// <summary>What a measurement wants the step repeated as.</summary>
public enum Repetition
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>As it was trained, layer by layer.</summary>
    Same,

    /// <summary>With the activations' own derivatives in place of surrogates.</summary>
    Exact,

    /// <summary>As it was trained, with gradients of their own for the two ways into each block of a residual net.</summary>
    Split,
}
