namespace GradTorch.Runs;

/// <summary>A row of table scalar: a number about a member as a whole at a step.</summary>
public readonly record struct ScalarRow(long Step, int Member, string Name, double Value);
