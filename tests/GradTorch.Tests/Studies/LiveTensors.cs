using GradTorch.Configuration;
using GradTorch.Studies;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GradTorch.Tests.Studies;

/// <summary>Tensors that this process holds.</summary>
internal static class LiveTensors
{
    /// <summary>TorchSharp 0.107 never counts down the argument of <c>new Parameter</c>, whose memory the parameter has taken
    /// over: 1 there, 0 with our binding.</summary>
    private static readonly long KeptForEver = KeptByParameter();

    public static long Count()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return Tensor.TotalCount;
    }

    /// <summary>What the count rises by, without a tensor more, when an experiment's model is built.</summary>
    public static long Miscounted(Experiment experiment)
    {
        if (KeptForEver == 0) return 0;
        using var prepared = PreparedExperiment.Of(experiment);
        return KeptForEver * prepared.Model.parameters().LongCount();
    }

    private static long KeptByParameter()
    {
        var before = Count();
        new Parameter(zeros(1)).Dispose();
        return Count() - before;
    }
}
