using GradTorch.Quantities;

namespace GradTorch.Training;

/// <summary>What one flush brings to the host.</summary>
/// <param name="ScalarNames">Of what <paramref name="Scalars"/> holds.</param>
/// <param name="ScalarSteps">The step of each row of <paramref name="Scalars"/>: how many updates had been done.</param>
/// <param name="Scalars">Records × members × names.</param>
/// <param name="GradientSteps">The step of each record of <paramref name="Gradients"/>.</param>
/// <param name="Gradients">Records × members × layers × quantities.</param>
/// <param name="Timesteps">Records × members × recurrent layers × timesteps × quantities of a timestep.</param>
/// <param name="Measurements">Null where nothing is asked for beside.</param>
public sealed record TrainingRecord(
    IReadOnlyList<string> ScalarNames, long[] ScalarSteps, double[] Scalars, long[] GradientSteps, double[] Gradients,
    double[] Timesteps, MeasurementRecord? Measurements = null);

/// <summary>What was measured because the experiment asks for it, at the steps of the records of gradients.</summary>
/// <param name="Places">Of what <paramref name="Values"/> holds.</param>
/// <param name="Values">Records × members × places.</param>
/// <param name="FirstExponent">The smallest power of ten of <paramref name="Exponents"/>.</param>
/// <param name="Exponents">Counts, records × members × layers × powers of ten; null where they are not asked for.</param>
/// <param name="Joint">Counts, records × members × layers × pairs × cells of <see cref="JointGrid"/>; null where they are not asked for.</param>
public sealed record MeasurementRecord(
    IReadOnlyList<LayerMeasurePlace> Places, double[] Values, int FirstExponent, double[]? Exponents, double[]? Joint);

/// <summary>A member that met its first NaN or infinity.</summary>
/// <param name="Step">The update that it could not do.</param>
/// <param name="Layer">Where it began, from 1: in the forward pass the first layer with a non-finite activation, else the
/// layer nearest to the output with a non-finite gradient.</param>
/// <param name="Timestep">In a recurrent layer, from 1: the first with a non-finite state, else the last with a non-finite
/// gradient, where going back through time it began. Null in other layers, and where every timestep is finite and only
/// their sum is not.</param>
public sealed record Divergence(int Member, long Step, int Layer, int? Timestep = null)
{
    /// <summary>As people read it: layer 1 at timestep 7.</summary>
    public static string Place(int? layer, int? timestep) => timestep is null
        ? FormattableString.Invariant($"layer {layer}")
        : FormattableString.Invariant($"layer {layer} at timestep {timestep}");
}

/// <summary>Hears of a training as it goes on; called between steps, on the trainer's thread.</summary>
public interface ITrainingObserver
{
    /// <summary>Comes before the record that holds the step: what a record says of the member after that step is of
    /// weights that no longer change.</summary>
    void Diverged(Divergence divergence);

    void Recorded(TrainingRecord record);

    void Evaluated(Evaluation evaluation);
}
