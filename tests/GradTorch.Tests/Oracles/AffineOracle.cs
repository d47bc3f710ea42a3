namespace GradTorch.Tests.Oracles;

/// <summary>z = x W + b per member, element by element in row-major arrays.</summary>
internal sealed record AffineOracle(int Members, int Batch, int Inputs, int Outputs)
{
    /// <param name="x">(S, B, in).</param>
    /// <param name="weight">(S, in, out).</param>
    /// <param name="bias">(S, 1, out).</param>
    /// <returns>(S, B, out).</returns>
    public double[] Forward(double[] x, double[] weight, double[] bias)
    {
        var z = new double[Members * Batch * Outputs];
        for (var s = 0; s < Members; s++)
        for (var b = 0; b < Batch; b++)
        for (var o = 0; o < Outputs; o++)
        {
            var sum = bias[s * Outputs + o];
            for (var i = 0; i < Inputs; i++)
                sum += x[(s * Batch + b) * Inputs + i] * weight[(s * Inputs + i) * Outputs + o];
            z[(s * Batch + b) * Outputs + o] = sum;
        }
        return z;
    }
}
