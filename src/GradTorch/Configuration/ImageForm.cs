namespace GradTorch.Configuration;

/// <summary>How an image is handed to the network.</summary>
public enum ImageForm
{
    /// <summary>All its numbers at once.</summary>
    Vectors,

    /// <summary>A sequence of its rows, from the top.</summary>
    Rows,

    /// <summary>A sequence of its pixels, row by row.</summary>
    Pixels,
}
