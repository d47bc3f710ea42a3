namespace GradTorch.Activations.Formulas;

/// <summary>A step of a <see cref="Formula"/>, on the outcomes of steps before it.</summary>
/// <param name="X">Number of the step that gives the first operand, from 0.</param>
/// <param name="Y">Of the step that gives the second.</param>
public sealed record FormulaStep(FormulaOperation Operation, int X = -1, int Y = -1, double Constant = 0);
