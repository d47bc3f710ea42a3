namespace GradTorch.Activations.Formulas;

/// <summary>What a <see cref="Formula"/> is made of.</summary>
public enum FormulaOperation
{
    /// <summary>The pre-activation z.</summary>
    Input,

    /// <summary>The member's number k.</summary>
    Parameter,

    /// <summary>The same for all.</summary>
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
