namespace GradTorch.LibTorch;

/// <summary>What an <see cref="ElementwiseStep"/> does to x and y.</summary>
public enum ElementwiseOperation
{
    /// <summary>The number that the formula is of.</summary>
    Input,

    /// <summary>The member's.</summary>
    Parameter,

    /// <summary>The step's own.</summary>
    Constant,

    Add,
    Subtract,
    Multiply,
    Divide,
    Absolute,
    Exponential,
    Sigmoid,

    /// <summary>max(0, x); a NaN stays.</summary>
    PositivePart,

    /// <summary>1 where x ≤ y, else 0.</summary>
    AtMost,
}
