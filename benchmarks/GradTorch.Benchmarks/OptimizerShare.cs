using System.Diagnostics;
using System.Globalization;
using GradTorch.Backends;
using GradTorch.Configuration;
using GradTorch.Studies;
using GradTorch.Training;
using static TorchSharp.torch;

namespace GradTorch.Benchmarks;

/// <summary>What a step spends on the flat buffers of all parameters: the norm of the gradients, clipping where it is on, and
/// the optimiser, which also leaves the gradients 0. Taken in the training loop itself, where forward and backward have had the caches in between.</summary>
internal sealed class OptimizerShare(Experiment experiment) : IDisposable
{
    private readonly PreparedExperiment _prepared = PreparedExperiment.Of(experiment);

    /// <summary>Prints medians over the steps, and the least: on a busy machine others interrupt whole steps more than their
    /// parts, so that the share of medians is too small there and that of the least is the one to go by.</summary>
    public void Measure(string name, int steps)
    {
        var (model, backend, training, device) = (_prepared.Model, TorchBackend.Current, experiment.Training, _prepared.Device);
        using var optimizer = OptimizerRegistry.Find(training.Optimizer.Kind).Create(training.Optimizer, model.Parameters, backend);
        using var clip = ClipRegistry.Find(training.Clip.Kind).Create(training.Clip, [training.Clip.Threshold], model, backend);
        using var rates = new LearningRates(new ConstantSchedule([training.Optimizer.Lr]), device);
        using var metrics = new StepMetrics(rates.Values, hasAccuracy: true, clips: clip is not null);
        using var liveness = new Liveness(1, experiment.Data.Batch, device);
        var parts = new List<double[]>();
        model.Parameters.ZeroGradients();
        for (var step = 0; step < steps; step++)
        {
            using var scope = NewDisposeScope();
            Rounds.Wait(device);
            var clock = Stopwatch.StartNew();
            var indices = _prepared.Order.Next();
            var batch = _prepared.Data.Train.Gather(indices);
            var outputs = model.call(batch.Inputs);
            var losses = _prepared.Loss.PerExample(outputs, batch).mean([1]);
            losses.sum().backward();
            var hits = _prepared.Loss.Hits(outputs, batch);
            Rounds.Wait(device);
            var measuring = Stopwatch.StartNew();
            backend.MeasureNorm(model.Parameters.Gradients, metrics.Values, metrics.IndexOf(StepMetrics.GradientNorm));
            Rounds.Wait(device);
            measuring.Stop();
            metrics.Column(StepMetrics.Loss).copy_(losses.detach());
            metrics.Column(StepMetrics.Accuracy).copy_(hits!.to(float32).mean([1]));
            liveness.Update(indices, metrics.Finite());
            Rounds.Wait(device);
            var clipping = Stopwatch.StartNew();
            var scale = clip?.Apply(model.Parameters.Gradients, metrics);
            Rounds.Wait(device);
            clipping.Stop();
            Rounds.Wait(device);
            var updating = Stopwatch.StartNew();
            optimizer.Step(rates.Values, liveness.Alive, scale);
            Rounds.Wait(device);
            updating.Stop();
            parts.Add([.. new[] { clock, measuring, clipping, updating }.Select(part => part.Elapsed.TotalMilliseconds * 1e3)]);
        }
        var counted = parts.Skip(steps / 10).ToList();
        Print($"{name}, median", [.. Enumerable.Range(0, 4).Select(part => Rounds.Median(counted.Select(figures => figures[part])))]);
        Print($"{name}, least", [.. Enumerable.Range(0, 4).Select(part => counted.Min(figures => figures[part]))]);
    }

    private static void Print(string name, double[] figures) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"  {name,-38} step {figures[0],6:F0} µs   norm {figures[1],4:F0}   clipping {figures[2],4:F0}   optimiser {figures[3],4:F0}   share {figures[1..].Sum() / figures[0] * 100,5:F2} %"));

    public void Dispose() => _prepared.Dispose();
}
