using static TorchSharp.torch;

namespace GradTorch.Gradients.Measurements;

/// <summary>Largest singular value of many linear maps at once, in float64, by Lanczos' method on AᵀA: as many steps for all, and nothing
/// that the host decides.</summary>
/// <remarks>With reorthogonalisation (Golub and Van Loan, Matrix Computations, 10.3). Exact to rounding for maps of up to <see cref="Steps"/>
/// dimensions; else never above the true value, and below it by less than 1e-4 of it, mostly by far less: the steps find it the sooner the more
/// it stands out. Squares of squares must neither underflow nor overflow: for maps of a size from 1e-70 to 1e70.</remarks>
internal static class LargestSingularValue
{
    public const int Steps = 24;

    /// <summary>Squarings of the small matrix that is left: its trace to the power of 2⁻²⁶ is its largest eigenvalue to 1e-7.</summary>
    private const int Squarings = 26;

    private const double Tiny = 1e-300;

    /// <param name="gram">v ↦ AᵀA v of each map, (M, n) to (M, n) in float64.</param>
    /// <returns>(M).</returns>
    public static Tensor Of(long maps, long dimensions, Device device, Func<Tensor, Tensor> gram)
    {
        using var scope = NewDisposeScope();
        // Fixed, and along no direction that a matrix has a reason to prefer.
        var start = arange(1, dimensions + 1, float64, device).mul_(0.6180339887498949).frac_().add_(0.1);
        var vector = (start / start.square().sum().sqrt()).expand(maps, dimensions);
        var (basis, images) = (new List<Tensor>(), new List<Tensor>());
        for (var step = 0; step < Math.Min(Steps, dimensions); step++)
        {
            basis.Add(vector);
            images.Add(gram(vector));
            vector = Next(stack([.. basis], 1), images[^1]);
        }
        return LargestEigenvalue(bmm(stack([.. basis], 1), stack([.. images], 1).transpose(1, 2))).sqrt_().MoveToOuterDisposeScope();
    }

    /// <summary>What an image has beside the directions that there are, of length 1; 0 where it has nothing.</summary>
    private static Tensor Next(Tensor basis_MKN, Tensor image_MN)
    {
        using var scope = NewDisposeScope();
        var size = Length(image_MN);
        var rest = image_MN.unsqueeze(1);
        for (var time = 0; time < 2; time++) rest = rest - bmm(bmm(rest, basis_MKN.transpose(1, 2)), basis_MKN);
        var left = Length(rest.squeeze(1));
        return where(left.gt(size * 1e-14), rest.squeeze(1) / left.clamp_min(Tiny), zeros_like(image_MN)).MoveToOuterDisposeScope();
    }

    private static Tensor Length(Tensor vector_MN) => vector_MN.square().sum(-1, keepdim: true).sqrt_();

    /// <summary>Of symmetric matrices (M, K, K) without negative eigenvalues, (M).</summary>
    private static Tensor LargestEigenvalue(Tensor matrix_MKK)
    {
        using var scope = NewDisposeScope();
        var trace = Trace(matrix_MKK);
        var (power, logarithm, share) = (matrix_MKK / trace, trace.log(), 1.0);
        for (var squaring = 0; squaring < Squarings; squaring++)
        {
            power = bmm(power, power);
            trace = Trace(power);
            power = power / trace;
            share /= 2;
            logarithm = logarithm + trace.log() * share;
        }
        return logarithm.exp().view(-1).MoveToOuterDisposeScope();
    }

    /// <summary>Above 0, (M, 1, 1).</summary>
    private static Tensor Trace(Tensor matrix_MKK) => matrix_MKK.diagonal(0, 1, 2).sum(-1).clamp_min_(Tiny).view(-1, 1, 1);
}
