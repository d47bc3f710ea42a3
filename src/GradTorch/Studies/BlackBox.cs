using System.Globalization;
using GradTorch.Data;
using GradTorch.Gradients;
using GradTorch.Runs;
using GradTorch.Training;
using static TorchSharp.torch;

namespace GradTorch.Studies;

/// <summary>The step at which a member became non-finite, kept so that it can be gone through again: the member's weights before it, its batch, its
/// masks and all else that it had of its own. <c>divergence-3.safetensors</c> is that of member 3.</summary>
public static class BlackBox
{
    private const string MemberKey = "member", StepKey = "step", LayerKey = "layer", TimestepKey = "timestep", Prefix = "divergence-", Extension = ".safetensors";

    /// <summary>The members that a run has one of.</summary>
    public static IReadOnlyList<int> Members(RunDirectory run) =>
    [
        .. Directory.EnumerateFiles(run.Path, Prefix + "*" + Extension)
            .Select(file => Path.GetFileNameWithoutExtension(file)[Prefix.Length..])
            .Where(member => int.TryParse(member, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            .Select(member => int.Parse(member, CultureInfo.InvariantCulture)).Order(),
    ];

    /// <summary>Goes through the step again.</summary>
    /// <param name="member">One that the run has a box of.</param>
    /// <exception cref="RunException">It can't be read.</exception>
    public static DivergenceTrace Replay(RunDirectory run, int member, Action<string>? announce = null)
    {
        var box = SafetensorsFile.Read(FileOf(run, member), own: true);
        var experiment = EnsembleMember.Of(StoppedRun.ExperimentOf(run))[member].Alone;
        using var prepared = PreparedExperiment.Of(experiment with { Device = "cpu" }, announce);
        using var scope = NewDisposeScope();
        var batch = new Batch(Tensor("batch.inputs"), Tensor("batch.targets"), box.Tensors.ContainsKey("batch.lengths") ? Tensor("batch.lengths") : null);
        var (model, loss) = (prepared.Model, prepared.Loss);
        // Masks are there once they were drawn.
        using (no_grad()) model.Outputs(batch);
        TrainingState.Restore(model, box.Tensors);
        var scale = box.Tensors.TryGetValue(StepMetrics.LossScale, out var kept) ? BitConverter.ToDouble(kept.Data.Span) : 1;
        using var trace = new StepTrace(model);
        var points = trace.Run(() => loss.PerExample(model.Outputs(batch), batch).mean().mul(scale));
        return new DivergenceTrace(member, long.Parse(box.Metadata[StepKey], CultureInfo.InvariantCulture), int.Parse(box.Metadata[LayerKey], CultureInfo.InvariantCulture),
            box.Metadata.TryGetValue(TimestepKey, out var timestep) ? int.Parse(timestep, CultureInfo.InvariantCulture) : null, points);

        Tensor Tensor(string name) => TrainingState.TensorOf(box.Tensors[name]);
    }

    /// <summary>Copies what a member that has just stopped was at; of the member alone.</summary>
    /// <returns>Writes it.</returns>
    internal static Action Keep(Trainer trainer, Divergence divergence, RunDirectory run)
    {
        var metadata = new Dictionary<string, string>
        {
            ["gradtorch"] = SourceRevision.Version,
            [MemberKey] = Text(divergence.Member),
            [StepKey] = Text(divergence.Step),
            [LayerKey] = Text(divergence.Layer),
        };
        if (divergence.Timestep is { } timestep) metadata.Add(TimestepKey, Text(timestep));
        var file = new SafetensorsFile(metadata, TrainingState.Of(visitor => trainer.VisitMember(divergence.Member, visitor)));
        return () => file.Write(FileOf(run, divergence.Member));
    }

    private static string FileOf(RunDirectory run, int member) => Path.Combine(run.Path, Prefix + Text(member) + Extension);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A step that a member could not do, gone through again.</summary>
/// <param name="Layer">Where the run saw it begin, from 1.</param>
/// <param name="Timestep">And at which timestep of it; null without.</param>
/// <param name="Points">What every operation gave, in the order in which they came.</param>
public sealed record DivergenceTrace(int Member, long Step, int Layer, int? Timestep, IReadOnlyList<TracePoint> Points)
{
    /// <summary>The first operation that gave something that is not finite; null if none did here.</summary>
    public TracePoint? Origin => Points.FirstOrDefault(point => point.Nonfinite > 0);

    /// <summary>The largest magnitude before that, of finite numbers.</summary>
    public TracePoint? LargestBefore => Points.TakeWhile(point => point.Nonfinite == 0).MaxBy(point => point.Largest);
}
