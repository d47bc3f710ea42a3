namespace GradTorch.Backends;

/// <summary>Parameters that lie together in a tensor of all of them (S, P), in every member.</summary>
public sealed record ParameterRange(long Start, long Count);
