using static TorchSharp.torch;

namespace GradTorch.Activations.Formulas;

/// <summary>A number made element by element of a pre-activation z and a member's number k: written once, and computed by operators on
/// tensors, or step by step by a kernel that goes over memory once.</summary>
/// <remarks>What is used twice is computed once when it is the same object.</remarks>
public sealed class Formula
{
    private readonly FormulaOperation _operation;
    private readonly double _constant;
    private readonly Formula[] _operands;
    private readonly Lazy<IReadOnlyList<FormulaStep>> _steps;

    private Formula(FormulaOperation operation, double constant, params Formula[] operands)
    {
        (_operation, _constant, _operands) = (operation, constant, operands);
        _steps = new Lazy<IReadOnlyList<FormulaStep>>(InSteps);
    }

    /// <summary>z.</summary>
    public static Formula Z { get; } = new(FormulaOperation.Input, 0);

    /// <summary>k.</summary>
    public static Formula K { get; } = new(FormulaOperation.Parameter, 0);

    /// <summary>The last one's outcome is the formula's.</summary>
    public IReadOnlyList<FormulaStep> Steps => _steps.Value;

    public static implicit operator Formula(double number) => new(FormulaOperation.Constant, number);

    public static Formula operator +(Formula x, Formula y) => new(FormulaOperation.Add, 0, x, y);

    public static Formula operator -(Formula x, Formula y) => new(FormulaOperation.Subtract, 0, x, y);

    public static Formula operator *(Formula x, Formula y) => new(FormulaOperation.Multiply, 0, x, y);

    public static Formula operator /(Formula x, Formula y) => new(FormulaOperation.Divide, 0, x, y);

    public static Formula operator -(Formula x) => 0 - x;

    public static Formula Abs(Formula x) => new(FormulaOperation.Absolute, 0, x);

    public static Formula Exp(Formula x) => new(FormulaOperation.Exponential, 0, x);

    public static Formula Sigmoid(Formula x) => new(FormulaOperation.Sigmoid, 0, x);

    /// <summary>max(0, x); a NaN stays.</summary>
    public static Formula PositivePart(Formula x) => new(FormulaOperation.PositivePart, 0, x);

    /// <summary>1 where x ≤ y, else 0.</summary>
    public static Formula AtMost(Formula x, Formula y) => new(FormulaOperation.AtMost, 0, x, y);

    public static Formula Square(Formula x) => x * x;

    /// <summary>σ′(x) = σ(x)(1 − σ(x)): the form that neither overflows nor divides.</summary>
    public static Formula SigmoidSlope(Formula x)
    {
        var a = Sigmoid(x);
        return a * (1 - a);
    }

    /// <summary>By operators: a tensor of its own, like z.</summary>
    /// <param name="z">(S, …).</param>
    /// <param name="k">Of each member.</param>
    public Tensor On(Tensor z, MemberValues k)
    {
        using var scope = NewDisposeScope();
        var outcomes = new List<FormulaValue>();
        foreach (var step in Steps)
        {
            FormulaValue At(int index) => outcomes[index];
            outcomes.Add(step.Operation switch
            {
                FormulaOperation.Input => new(z),
                FormulaOperation.Parameter => k.IsUniform ? new(k.First) : new(k.Like(z)),
                FormulaOperation.Constant => new(step.Constant),
                FormulaOperation.Add => At(step.X) + At(step.Y),
                FormulaOperation.Subtract => At(step.X) - At(step.Y),
                FormulaOperation.Multiply => At(step.X) * At(step.Y),
                FormulaOperation.Divide => At(step.X) / At(step.Y),
                FormulaOperation.Absolute => At(step.X).Map(tensor => tensor.abs(), Math.Abs),
                FormulaOperation.Exponential => At(step.X).Map(tensor => tensor.exp(), Math.Exp),
                FormulaOperation.Sigmoid => At(step.X).Map(tensor => tensor.sigmoid(), number => 1 / (1 + Math.Exp(-number))),
                FormulaOperation.PositivePart => At(step.X).Map(tensor => tensor.clamp_min(0), number => Math.Max(0, number)),
                FormulaOperation.AtMost => At(step.X).AtMost(At(step.Y)),
                _ => throw new InvalidOperationException($"no operator does {step.Operation}"),
            });
        }
        return outcomes[^1].Like(z).MoveToOuterDisposeScope();
    }

    private List<FormulaStep> InSteps()
    {
        var (steps, places) = (new List<FormulaStep>(), new Dictionary<Formula, int>());
        Place(this);
        return steps;

        int Place(Formula formula)
        {
            if (places.TryGetValue(formula, out var place)) return place;
            int[] operands = [.. formula._operands.Select(Place)];
            steps.Add(new FormulaStep(
                formula._operation, operands.Length > 0 ? operands[0] : -1, operands.Length > 1 ? operands[1] : -1, formula._constant));
            return places[formula] = steps.Count - 1;
        }
    }
}
