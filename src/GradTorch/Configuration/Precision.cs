namespace GradTorch.Configuration;

/// <summary>The floating-point type of weights, activations and gradients, and how exact matrix products are.</summary>
public enum Precision
{
    Float32,

    /// <summary>float32 whose matrix products may round their inputs to 10 bits of mantissa (TensorFloat-32) on CUDA devices
    /// that can; on the CPU the same as float32.</summary>
    Tf32,

    Float64,

    /// <summary>Hidden and output layers take inputs and weights in bfloat16, 8 bits of mantissa, and give it; weights, gradients, optimiser
    /// states, loss and all that is measured stay float32 or float64.</summary>
    Bfloat16,

    /// <summary>The same in float16, 11 bits of mantissa, whose smallest numbers are 6e-8: each member's loss is scaled so that gradients do
    /// not become 0.</summary>
    Float16,
}

public static class Precisions
{
    /// <summary>Whether layers compute in 16 bits on weights of 32.</summary>
    public static bool IsNarrow(this Precision precision) => precision is Precision.Bfloat16 or Precision.Float16;

    /// <summary>As in an experiment.</summary>
    public static string Name(this Precision precision) => precision.ToString().ToLowerInvariant();
}
