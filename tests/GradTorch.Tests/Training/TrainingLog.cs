using GradTorch.Training;

namespace GradTorch.Tests.Training;

/// <summary>Keeps all that a trainer tells, in the order it comes.</summary>
internal sealed class TrainingLog : ITrainingObserver
{
    public List<TrainingRecord> Records { get; } = [];

    public List<Evaluation> Evaluations { get; } = [];

    public List<Divergence> Divergences { get; } = [];

    public IEnumerable<long> ScalarSteps => Records.SelectMany(record => record.ScalarSteps);

    public IEnumerable<long> GradientSteps => Records.SelectMany(record => record.GradientSteps);

    /// <summary>One scalar of one member, step by step.</summary>
    public double[] Scalars(int member, string name, int members)
    {
        var names = Records[0].ScalarNames;
        var (width, column) = (names.Count, names.ToList().IndexOf(name));
        return
        [
            .. Records.SelectMany(record => record.ScalarSteps.Select(
                (_, row) => record.Scalars[(row * members + member) * width + column])),
        ];
    }

    public void Diverged(Divergence divergence) => Divergences.Add(divergence);

    public void Recorded(TrainingRecord record) => Records.Add(record);

    public void Evaluated(Evaluation evaluation) => Evaluations.Add(evaluation);
}
