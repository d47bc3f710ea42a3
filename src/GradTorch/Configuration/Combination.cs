namespace GradTorch.Configuration;

/// <summary>How lists of values make members.</summary>
public enum Combination
{
    /// <summary>Every value of each list with every value of the others.</summary>
    Cross,

    /// <summary>The first of each list, then the second of each; all lists have one length.</summary>
    Zip,
}
