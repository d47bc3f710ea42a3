namespace GradTorch.Configuration;

/// <summary>How inputs are shifted and scaled, always with statistics of the training split.</summary>
public enum Standardisation
{
    /// <summary>Inputs stay as the source delivers them.</summary>
    None,

    /// <summary>One mean and one standard deviation for all features together.</summary>
    Dataset,

    /// <summary>A mean and a standard deviation for each feature.</summary>
    Feature,
}
