namespace GradTorch.Analysis.Verdicts;

/// <summary>How a member's gradient stood at its first record, at its last, and at the one that was farthest from keeping its
/// size.</summary>
public sealed record MemberVerdicts(int Member, GradientVerdict First, GradientVerdict Last, GradientVerdict Worst);
