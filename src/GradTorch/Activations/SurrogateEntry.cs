namespace GradTorch.Activations;

/// <summary>One surrogate derivative of the registry.</summary>
/// <param name="MadeFor">The activations it was made for; it can be had with any.</param>
/// <param name="Formula">h(z), with k for the scale.</param>
/// <param name="DefaultScale">k when an experiment gives none.</param>
/// <param name="Source">Where it comes from, and whose the default scale is: "k of …" or "k is our choice".</param>
public sealed record SurrogateEntry(
    string Name, string MadeFor, string Formula, double DefaultScale, string Source, Surrogate Surrogate);
