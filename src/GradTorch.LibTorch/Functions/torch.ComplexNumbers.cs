namespace TorchSharp;

public static partial class torch
{
    public static Tensor angle(Tensor input) => input.angle();
    public static Tensor conj_physical(Tensor input) => input.conj_physical();

    public static Tensor real(Tensor input) => input.real;
    public static Tensor imag(Tensor input) => input.imag;
}
