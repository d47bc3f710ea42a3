namespace GradTorch.Analysis.Verdicts;

/// <summary>What makes the gradient shrink or grow.</summary>
public enum Blame
{
    /// <summary>Nothing needs to be blamed, or it can't be told.</summary>
    None,

    /// <summary>The slope of the activation.</summary>
    Activation,

    /// <summary>The weights, and what else lies between two layers.</summary>
    Weights,

    /// <summary>Both in like measure.</summary>
    Both,
}
