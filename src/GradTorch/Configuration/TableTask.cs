namespace GradTorch.Configuration;

/// <summary>What is learnt of a table.</summary>
public enum TableTask
{
    /// <summary>Regression where every value of the target is a number, else classification.</summary>
    Auto,

    /// <summary>Every different value of the target is a class.</summary>
    Classification,

    /// <summary>The target is a number.</summary>
    Regression,
}
