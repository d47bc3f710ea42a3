using GradTorch.Backends;
using GradTorch.Configuration;
using GradTorch.Models;

namespace GradTorch.Studies;

/// <summary>The CPU threads that a run takes.</summary>
/// <param name="Reason">Why so many, as a sentence goes on after "2 threads:".</param>
public sealed record ThreadChoice(int Count, string Reason)
{
    // Multiply-adds from which work is done sooner by several cores, although they must be woken and waited for: once for all layers where
    // a member goes through them by itself, else for each operator. Measured on two cores.
    private const double WorthSpreading = 16e6, WorthSplitting = 4e6;

    /// <summary>On a CUDA device the host only hands out the work.</summary>
    public static ThreadChoice OfDevice { get; } = new(1, "the work is done on the GPU");

    /// <param name="parameters">Of one member.</param>
    /// <param name="cores">That the machine has.</param>
    public static ThreadChoice Of(Experiment experiment, ModelShape shape, long parameters, int cores)
    {
        if (experiment.Threads.Number is { } given) return new ThreadChoice(given, "as given");
        if (experiment.Device.StartsWith("cuda", StringComparison.Ordinal)) return OfDevice;
        var members = ExperimentPlan.MembersOf(experiment);
        if (cores == 1) return new ThreadChoice(1, "this machine has one core");
        if (members > 1 && TorchBackend.SpreadsMembers && !experiment.Precision.IsNarrow())
        {
            var work = (double)members * experiment.Data.Batch * parameters * Math.Max(1, shape.Timesteps);
            var isWorth = GoesInOne(shape.Section)
                ? work >= WorthSpreading
                : work / Math.Max(1, shape.Timesteps) / (shape.Section.Depth + 1) >= WorthSplitting;
            return isWorth
                ? new ThreadChoice((int)Math.Min(cores, members), "members are spread over the cores")
                : new ThreadChoice(1, "members this small are fastest on one core");
        }
        var (batch, width) = ((double)experiment.Data.Batch, (double)shape.Section.Width);
        return members * batch * width * width >= WorthSplitting
            ? new ThreadChoice(cores, "products this wide are split between the cores")
            : new ThreadChoice(1, "products this small are fastest on one core");
    }

    /// <summary>Whether a member goes through all layers, or timesteps, without waiting for the others.</summary>
    private static bool GoesInOne(ModelSection model) =>
        model.Kind == "elman" || (model.Kind is "mlp" or "residual" && model is { Norm: "none", Dropout: 0 });
}
