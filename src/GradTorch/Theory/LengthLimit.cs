namespace GradTorch.Theory;

/// <summary>What becomes of q, the second moment of pre-activations, after many layers.</summary>
public enum LengthLimit
{
    /// <summary>It goes to a fixed point q*.</summary>
    Converges,

    /// <summary>It goes to 0.</summary>
    Vanishes,

    /// <summary>It grows without end.</summary>
    Diverges,

    /// <summary>It stays what the input makes it: every q is a fixed point.</summary>
    Kept,
}
