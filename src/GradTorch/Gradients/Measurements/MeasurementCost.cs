using GradTorch.Configuration;
using GradTorch.Models;

namespace GradTorch.Gradients.Measurements;

/// <summary>What the measurements that an experiment asks for cost.</summary>
/// <param name="RecordBytes">Of one member, in each record.</param>
/// <param name="Passes">How often a recorded step is repeated.</param>
/// <param name="Steps">What a recorded step takes more, in steps that record nothing: about, as measured on a core of a CPU with a net of
/// 50 layers of 64 units and a batch of 128, where a step is mostly what tells libtorch what to do.</param>
public sealed record MeasurementCost(IReadOnlyList<string> Names, long RecordBytes, int Passes, double Steps)
{
    /// <summary>A pass step by step, beside the step itself.</summary>
    private const double StepsOfAPass = 1.5;

    public static MeasurementCost Of(Experiment experiment, ModelShape shape)
    {
        MeasurementEntry[] asked = [.. experiment.Gradients.Measure.Select(MeasurementRegistry.Find)];
        var passes = asked.Select(entry => entry.Repetition(shape.Section.Kind)).Where(repetition => repetition != Repetition.None).Distinct().Count();
        return new MeasurementCost(
            [.. asked.Select(entry => entry.Name)], sizeof(double) * asked.Sum(entry => entry.CountNumbers(shape, experiment.Precision)),
            passes, passes * StepsOfAPass + asked.Sum(entry => entry.StepsTaken));
    }
}
