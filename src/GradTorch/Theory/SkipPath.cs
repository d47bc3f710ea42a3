namespace GradTorch.Theory;

/// <summary>The skip connections of a residual net: r_n = r_{n−k} + s z_n, a_n = g(r_n) before the activation, or
/// r_n = r_{n−k} + s g(z_n), a_n = r_n after it, at n = k, 2k, ….</summary>
/// <param name="Every">k, layers that each goes over.</param>
/// <param name="BeforeActivation">Where it joins.</param>
/// <param name="Scale">s.</param>
/// <param name="IsProjected">r_0 = x P, with weights like the first layer's, where features and width differ; else r_0 = x, whose units are
/// taken to be normal.</param>
public sealed record SkipPath(int Every, bool BeforeActivation, double Scale, bool IsProjected = true);
