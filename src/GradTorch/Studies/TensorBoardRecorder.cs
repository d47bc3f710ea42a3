using System.Globalization;
using GradTorch.Quantities;
using GradTorch.Training;

namespace GradTorch.Studies;

/// <summary>Writes a training into event files for TensorBoard as it goes on: every scalar of every step, of recorded steps the gradients of
/// every layer and of some timesteps, and evaluations. Of a step there is one event, which has the time of its flush.</summary>
internal sealed class TensorBoardRecorder : ITrainingObserver, IDisposable
{
    private static readonly LayerQuantity[] LayerNorms = [LayerQuantity.WeightGradient, LayerQuantity.PreactivationGradient];

    private readonly IReadOnlyList<string> _layers;
    private readonly int _recurrentLayers, _timesteps;
    private readonly IReadOnlyList<TensorBoardLine> _lines;
    private readonly long[] _lastSteps;

    /// <param name="layers">Names of all layers, the recurrent ones first.</param>
    /// <param name="recurrentLayers">How many of them are recurrent.</param>
    /// <param name="timesteps">T of the recurrent layers.</param>
    /// <param name="firstStep">The step that the training goes on from: what earlier sessions wrote into the folder of this step and later
    /// ones is dropped, an evaluation too that was done at this very step; whoever goes on tells it once more.</param>
    /// <exception cref="IOException">The files can't be written.</exception>
    public TensorBoardRecorder(
        string folder, int members, IReadOnlyList<string> layers, int recurrentLayers = 0, int timesteps = 0, long firstStep = 0)
    {
        (_layers, _recurrentLayers, _timesteps) = (layers, recurrentLayers, timesteps);
        _lines = TensorBoardLine.Of(folder, members, firstStep);
        _lastSteps = [.. Enumerable.Repeat(long.MaxValue, members)];
    }

    /// <summary>Those of T of which there is a chart: the last, and 1, 2, 4 … before it, down to the first. A gradient that vanishes at
    /// an even rate is seen in these whatever its rate.</summary>
    public static IReadOnlyList<int> Timesteps(int count) =>
        count == 0 ? [] : [.. Powers(count - 1).Select(distance => count - distance).Append(count).Append(1).Distinct().Order()];

    public void Diverged(Divergence divergence) => _lastSteps[divergence.Member] = divergence.Step;

    public void Recorded(TrainingRecord record)
    {
        var gradientRow = 0;
        for (var row = 0; row < record.ScalarSteps.Length; row++)
        {
            var step = record.ScalarSteps[row];
            var charts = ScalarCharts(record, row);
            if (gradientRow < record.GradientSteps.Length && record.GradientSteps[gradientRow] == step)
                charts = [.. charts, .. GradientCharts(record, gradientRow++)];
            Add(step, charts);
        }
        Flush();
    }

    public void Evaluated(Evaluation evaluation)
    {
        var loss = new TensorBoardChart($"{evaluation.Split}/loss", evaluation.Losses, 0, 1);
        Add(evaluation.Step, evaluation.Accuracies is { } accuracies ? [loss, new TensorBoardChart($"{evaluation.Split}/accuracy", accuracies, 0, 1)] : [loss]);
        Flush();
    }

    public void Dispose()
    {
        foreach (var line in _lines) line.Dispose();
    }

    private IReadOnlyList<TensorBoardChart> ScalarCharts(TrainingRecord record, int row) =>
    [
        .. record.ScalarNames.Select((name, at) => new TensorBoardChart(
            $"train/{name}", record.Scalars, row * _lastSteps.Length * record.ScalarNames.Count + at, record.ScalarNames.Count)),
    ];

    private IEnumerable<TensorBoardChart> GradientCharts(TrainingRecord record, int row)
    {
        var stride = _layers.Count * LayerQuantities.Count;
        foreach (var norm in LayerNorms)
        {
            for (var layer = 0; layer < _layers.Count; layer++)
            {
                yield return new TensorBoardChart(
                    $"{LayerQuantities.Columns[(int)norm]}/{_layers[layer]}", record.Gradients,
                    row * _lastSteps.Length * stride + layer * LayerQuantities.Count + (int)norm, stride);
            }
        }
        foreach (var chart in TimestepCharts(record, row)) yield return chart;
        foreach (var chart in ExponentCharts(record, row)) yield return chart;
    }

    private IEnumerable<TensorBoardChart> TimestepCharts(TrainingRecord record, int row)
    {
        const int Norm = (int)TimestepQuantity.HiddenGradient;
        var stride = _recurrentLayers * _timesteps * TimestepQuantities.Count;
        for (var layer = 0; layer < _recurrentLayers; layer++)
        {
            foreach (var timestep in Timesteps(_timesteps))
            {
                yield return new TensorBoardChart(
                    string.Create(CultureInfo.InvariantCulture, $"{TimestepQuantities.Columns[Norm]}/{_layers[layer]}/t{timestep}"), record.Timesteps,
                    row * _lastSteps.Length * stride + (layer * _timesteps + timestep - 1) * TimestepQuantities.Count + Norm, stride);
            }
        }
    }

    private IEnumerable<TensorBoardChart> ExponentCharts(TrainingRecord record, int row)
    {
        if (record.Measurements is not { Exponents: { } counts, FirstExponent: var first }) yield break;
        var powers = counts.Length / (record.GradientSteps.Length * _lastSteps.Length * _layers.Count);
        var stride = _layers.Count * powers;
        for (var layer = 0; layer < _layers.Count; layer++)
        {
            yield return new TensorBoardChart(
                $"gradient_exponent/{_layers[layer]}", counts, row * _lastSteps.Length * stride + layer * powers, stride, powers, first);
        }
    }

    private static IEnumerable<int> Powers(int most)
    {
        for (var power = 1; power <= most; power *= 2) yield return power;
    }

    private void Add(long step, IReadOnlyList<TensorBoardChart> charts)
    {
        foreach (var line in _lines) line.Add(step, _lastSteps, charts);
    }

    private void Flush()
    {
        foreach (var line in _lines) line.Flush();
    }
}
