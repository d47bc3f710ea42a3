namespace GradTorch.Configuration;

/// <summary>How inputs are shifted and scaled, always with statistics of the training split.</summary>
public enum Standardisation
{
    /// <summary>What suits the source: images as <see cref="Dataset"/>, tables as <see cref="Feature"/>, text and tasks as
    /// <see cref="None"/>.</summary>
    Auto,

    /// <summary>Inputs stay as they are, pixels as 0 (black) to 1.</summary>
    None,

    /// <summary>One mean and one standard deviation for all features together.</summary>
    Dataset,

    /// <summary>A mean and a standard deviation for each feature.</summary>
    Feature,
}
