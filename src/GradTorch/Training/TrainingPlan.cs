using GradTorch.Configuration;

namespace GradTorch.Training;

/// <summary>How long a training is, and when it records and evaluates. Steps are counted by updates done: the record of
/// step 0 is of the initial weights.</summary>
/// <param name="Steps">Updates in all.</param>
/// <param name="EvaluateEvery">Updates between evaluations; the end is evaluated too. 0 for none at all.</param>
/// <param name="RecordEvery">Steps between records of gradients; 0 for none.</param>
/// <param name="Flush">Steps between transfers to the host.</param>
/// <param name="Replay">Steps are recorded once and replayed as a whole, where the device can.</param>
public sealed record TrainingPlan(long Steps, long EvaluateEvery, int RecordEvery, int Flush, bool Replay = true)
{
    /// <summary>What is measured at recorded steps beside what every record holds.</summary>
    public TextList Measure { get; init; } = [];

    public static TrainingPlan Of(Experiment experiment, long batchesPerEpoch)
    {
        var training = experiment.Training;
        var steps = training.Steps ?? (training.Epochs ?? 1) * batchesPerEpoch;
        var evaluateEvery = training.EvaluateEvery > 0 ? training.EvaluateEvery : batchesPerEpoch;
        return new TrainingPlan(steps, evaluateEvery, experiment.Gradients.Every, experiment.Gradients.Flush, experiment.CudaGraphs)
        {
            Measure = experiment.Gradients.Measure,
        };
    }

    public bool RecordsAt(long step) => RecordEvery > 0 && step % RecordEvery == 0;

    public bool EvaluatesAt(long updates) =>
        EvaluateEvery > 0 && (updates == Steps || updates % EvaluateEvery == 0);

    /// <summary>Records of gradients that fit between two flushes.</summary>
    public int GradientCapacity => RecordEvery == 0 ? 1 : (Flush - 1) / RecordEvery + 1;
}
