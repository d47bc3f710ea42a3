namespace GradTorch.Analysis.Verdicts;

/// <summary>What a verdict goes by.</summary>
/// <param name="Vanishing">A gradient of which no more than this share comes through vanishes; above 0 and below 1.</param>
/// <param name="Exploding">One that has become at least so many times as large explodes; above 1.</param>
public sealed record GradientLimits(double Vanishing, double Exploding);
