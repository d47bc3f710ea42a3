namespace TorchSharp;

public static partial class torch
{
    public static Tensor heaviside(Tensor input, Tensor values) => input.heaviside(values);
    public static Tensor heaviside_(Tensor input, Tensor values) => input.heaviside_(values);

    /// <summary><paramref name="x"/> where <paramref name="condition"/> holds, else <paramref name="y"/>.</summary>
    public static Tensor where(Tensor condition, Tensor x, Tensor y) => x.where(condition, y);
}
