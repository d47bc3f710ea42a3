namespace GradTorch.Studies.Maps;

/// <summary>A network of a map as it was measured.</summary>
/// <param name="DivergedStep">The update that it could not do, for a NaN or an infinity; null where it did them all. What was probed of one
/// that diverged is of its weights before that.</param>
public sealed record MapNetwork(MemberProbe Probe, long? DivergedStep);
