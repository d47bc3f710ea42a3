using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>The step that Adam and AdamW share, for all parameters of a group at once, in place.</summary>
internal static class AdamUpdate
{
    /// <remarks>Changes the parameters, the averages m, the squares v and, with amsgrad, the largest v so far. Steps
    /// count from 1 for each parameter: one that had no gradient for a while lags behind.</remarks>
    internal static void Apply(Tensor[] parameters, Tensor[] gradients, long[] steps, Tensor[] averages, Tensor[] squares,
        Tensor[]? largest, double lr, double beta1, double beta2, double eps)
    {
        Aten.CallInto(averages[0], "_foreach_mul_.Scalar", averages, beta1);
        Aten.CallInto(averages[0], "_foreach_add_.List", averages, gradients, 1 - beta1);
        Aten.CallInto(squares[0], "_foreach_mul_.Scalar", squares, beta2);
        Aten.CallInto(squares[0], "_foreach_addcmul_.Scalar", squares, gradients, gradients, 1 - beta2);
        for (var i = 0; largest is not null && i < largest.Length; i++)
            Aten.CallInto(largest[i], "maximum.out", largest[i], squares[i], largest[i]);
        var denominators = Aten.CallList("_foreach_sqrt", largest ?? squares);
        var corrections = Array.ConvertAll(steps, step => Math.Sqrt(1 - Math.Pow(beta2, step)));
        Aten.CallInto(denominators[0], "_foreach_div_.ScalarList", denominators, corrections);
        Aten.CallInto(denominators[0], "_foreach_add_.Scalar", denominators, eps);
        var scales = Array.ConvertAll(steps, step => -(lr / (1 - Math.Pow(beta1, step))));
        Aten.CallInto(parameters[0], "_foreach_addcdiv_.ScalarList", parameters, averages, denominators, scales);
    }
}
