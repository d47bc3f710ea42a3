namespace GradTorch.Runs;

/// <summary>A row of table joint_count: how many elements of a layer lie in a cell of a joint histogram.</summary>
/// <param name="Pair">z for pre-activations with δ, w for weights with ∂L/∂w.</param>
/// <param name="X">Bin of z or w.</param>
/// <param name="Gradient">Bin of the gradient's size.</param>
/// <param name="Count">Above 0: cells that hold nothing have no row.</param>
public readonly record struct JointCountRow(long Step, int Member, int Layer, string Pair, int X, int Gradient, long Count);
