namespace GradTorch.Theory;

/// <summary>How much of a gradient can come back through time in h_t = g(W h_{t−1} + …): ‖∂h_t/∂h_k‖ ≤ (γλ)^(t−k). Pascanu et al. 2013,
/// arXiv 1211.5063.</summary>
/// <param name="Gamma">γ, the largest slope on the way back.</param>
/// <param name="Norm">λ, the largest singular value of W, at least 0.</param>
/// <param name="Steps">t − k, at least 0.</param>
public sealed record RecurrentBound(double Gamma, double Norm, int Steps)
{
    /// <summary>γλ: below 1 the gradient vanishes; for it to explode it must be above 1, which is not enough.</summary>
    public double Rate => Gamma * Norm;

    /// <summary>(γλ)^(t−k); 0 or infinite where it is no number of float64.</summary>
    public double Bound => Math.Pow(Rate, Steps);

    /// <summary>Its natural logarithm, which neither underflows nor overflows.</summary>
    public double LnBound => Steps == 0 ? 0 : Steps * Math.Log(Rate);
}
