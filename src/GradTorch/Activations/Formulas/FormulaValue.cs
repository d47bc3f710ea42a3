using static TorchSharp.torch;

namespace GradTorch.Activations.Formulas;

/// <summary>What comes of a part of a formula: a tensor, or a number that is the same for all elements.</summary>
internal readonly record struct FormulaValue(Tensor? Tensor, double Number)
{
    public FormulaValue(Tensor tensor) : this(tensor, 0)
    {
    }

    public FormulaValue(double number) : this(null, number)
    {
    }

    public static FormulaValue operator +(FormulaValue x, FormulaValue y) => (x.Tensor, y.Tensor) switch
    {
        (null, null) => new(x.Number + y.Number),
        (null, { } right) => new(right + x.Number),
        ({ } left, null) => new(left + y.Number),
        ({ } left, { } right) => new(left + right),
    };

    public static FormulaValue operator -(FormulaValue x, FormulaValue y) => (x.Tensor, y.Tensor) switch
    {
        (null, null) => new(x.Number - y.Number),
        (null, { } right) => new(x.Number - right),
        ({ } left, null) => new(left - y.Number),
        ({ } left, { } right) => new(left - right),
    };

    public static FormulaValue operator *(FormulaValue x, FormulaValue y) => (x.Tensor, y.Tensor) switch
    {
        (null, null) => new(x.Number * y.Number),
        (null, { } right) => new(right * x.Number),
        ({ } left, null) => new(left * y.Number),
        ({ } left, { } right) => new(left * right),
    };

    public static FormulaValue operator /(FormulaValue x, FormulaValue y) => (x.Tensor, y.Tensor) switch
    {
        (null, null) => new(x.Number / y.Number),
        (null, { } right) => new(x.Number / right),
        ({ } left, null) => new(left / y.Number),
        ({ } left, { } right) => new(left / right),
    };

    /// <summary>1 where this ≤ the other, else 0.</summary>
    public FormulaValue AtMost(FormulaValue other) => (Tensor, other.Tensor) switch
    {
        (null, null) => new(Number <= other.Number ? 1 : 0),
        (null, { } right) => new(right.ge(Number).to_type(right.dtype)),
        ({ } left, null) => new(left.le(other.Number).to_type(left.dtype)),
        ({ } left, { } right) => new(left.le(right).to_type(left.dtype)),
    };

    public FormulaValue Map(Func<Tensor, Tensor> tensor, Func<double, double> number) =>
        Tensor is null ? new(number(Number)) : new(tensor(Tensor));

    /// <returns>A tensor of its own with the shape of another.</returns>
    public Tensor Like(Tensor other) => Tensor is null ? full_like(other, Number) : Tensor + zeros_like(other);
}
