using System.Diagnostics;
using System.Globalization;
using GradTorch.Backends;
using GradTorch.Configuration;
using GradTorch.Studies;
using GradTorch.Training;
using static TorchSharp.torch;

namespace GradTorch.Benchmarks;

/// <summary>What a step spends on the flat buffers of all parameters: zeroing the gradients, their norm, clipping where it is
/// on, and the optimiser. Taken in the training loop itself, where forward and backward have had the caches in between.</summary>
internal sealed class OptimizerShare(Experiment experiment) : IDisposable
{
    private readonly PreparedExperiment _prepared = PreparedExperiment.Of(experiment);

    /// <summary>Prints the medians over the steps, and the median share.</summary>
    public void Measure(string name, int steps)
    {
        var (model, backend, training) = (_prepared.Model, TorchBackend.Current, experiment.Training);
        using var optimizer = OptimizerRegistry.Find(training.Optimizer.Kind).Create(training.Optimizer, model.Parameters, backend);
        using var clip = ClipRegistry.Find(training.Clip.Kind).Create(training.Clip, [training.Clip.Threshold], model, backend);
        using var rates = new LearningRates(new ConstantSchedule([training.Optimizer.Lr]), CPU);
        using var metrics = new StepMetrics(rates.Values, hasAccuracy: true, clips: clip is not null);
        using var liveness = new Liveness(1, experiment.Data.Batch, CPU);
        var parts = new List<double[]>();
        for (var step = 0; step < steps; step++)
        {
            using var scope = NewDisposeScope();
            var clock = Stopwatch.StartNew();
            var indices = _prepared.Order.Next();
            var batch = _prepared.Data.Train.Gather(indices);
            var outputs = model.call(batch.Inputs);
            var losses = _prepared.Loss.PerExample(outputs, batch).mean([1]);
            var zeroing = Stopwatch.StartNew();
            model.Parameters.ZeroGradients();
            zeroing.Stop();
            losses.sum().backward();
            var measuring = Stopwatch.StartNew();
            metrics.Set(losses, _prepared.Loss.Hits(outputs, batch), model.Parameters.Gradients, backend);
            measuring.Stop();
            liveness.Update(indices, metrics.Finite());
            var clipping = Stopwatch.StartNew();
            clip?.Apply(model.Parameters.Gradients, metrics);
            clipping.Stop();
            var updating = Stopwatch.StartNew();
            optimizer.Step(rates.Values, liveness.Alive);
            updating.Stop();
            parts.Add([.. new[] { clock, zeroing, measuring, clipping, updating }.Select(part => part.Elapsed.TotalMilliseconds * 1e3)]);
        }
        double Middle(Func<double[], double> figure) => Rounds.Median(parts.Skip(steps / 10).Select(figure));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  {name,-28} step {Middle(p => p[0]),6:F0} µs   zeroing {Middle(p => p[1]),4:F0}   metrics {Middle(p => p[2]),4:F0}   clipping {Middle(p => p[3]),4:F0}   optimiser {Middle(p => p[4]),4:F0}   share {Middle(p => p[1..].Sum() / p[0]) * 100,5:F2} %"));
    }

    public void Dispose() => _prepared.Dispose();
}
