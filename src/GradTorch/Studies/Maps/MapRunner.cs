using System.Runtime.ExceptionServices;
using GradTorch.Configuration;
using GradTorch.Data;
using TorchSharp;

namespace GradTorch.Studies.Maps;

/// <summary>Computes the cells of a map, batch by batch: on a CPU as many batches side by side as the experiment has
/// threads, each on one of them, for all that is done for a member goes over all cores then, and not its products only.</summary>
public sealed class MapRunner : IDisposable
{
    private const long MostBytes = 1_000_000_000;

    private readonly MapPlan _plan;
    private readonly DataSet _data;
    private readonly int _sideBySide;

    /// <param name="announce">Told, in a sentence, of each file that is downloaded.</param>
    /// <exception cref="ConfigurationException">The experiment can't be planned, or its device is not there.</exception>
    /// <exception cref="DataException">The data can't be found, downloaded or used.</exception>
    public MapRunner(MapPlan plan, Action<string>? announce = null)
    {
        var device = DeviceChoice.Of(plan.Experiment);
        var onCpu = device.type == DeviceType.CPU;
        _sideBySide = onCpu ? plan.Experiment.Threads.Number ?? Environment.ProcessorCount : 1;
        _plan = plan with { Experiment = plan.Experiment with { Threads = new ThreadCount(1) } };
        var bytes = Math.Min(MostBytes, (MemoryLimit.Of(device) ?? long.MaxValue) / 4);
        Batches = _plan.Batches(bytes / _sideBySide, onDevice: !onCpu);
        var first = _plan.Of(Batches[0]);
        MemoryLimit.Require(ExperimentPlan.Of(first).MemoryBytes, device, first);
        _data = PreparedExperiment.LoadData(first, device, announce);
    }

    /// <summary>The same for the same plan and machine.</summary>
    public IReadOnlyList<MapBatch> Batches { get; }

    /// <param name="batches">Those of <see cref="Batches"/> that are wanted.</param>
    /// <param name="done">Gets the networks of each batch when it is done, one batch at a time, in no particular order: cell after cell,
    /// seeds fastest.</param>
    /// <param name="cancellation">Batches that are begun are finished at initialisation; where they are trained they are dropped, within a step.</param>
    public void Run(IReadOnlyList<MapBatch> batches, Action<MapBatch, IReadOnlyList<MapNetwork>> done, CancellationToken cancellation)
    {
        var (next, turn) = (-1, new Lock());
        ExceptionDispatchInfo? failure = null;
        void Work()
        {
            try
            {
                while (failure is null && !cancellation.IsCancellationRequested && Interlocked.Increment(ref next) is var index && index < batches.Count)
                {
                    if (Compute(batches[index], cancellation) is not { } networks) return;
                    lock (turn) done(batches[index], networks);
                }
            }
            catch (Exception exception)
            {
                failure = ExceptionDispatchInfo.Capture(exception);
            }
        }
        Thread[] workers = [.. Enumerable.Range(0, Math.Min(_sideBySide, batches.Count)).Select(_ => new Thread(Work) { IsBackground = true, Name = "map" })];
        foreach (var worker in workers) worker.Start();
        foreach (var worker in workers) worker.Join();
        failure?.Throw();
    }

    public void Dispose() => _data.Dispose();

    /// <returns>Null if it was cancelled.</returns>
    private IReadOnlyList<MapNetwork>? Compute(MapBatch batch, CancellationToken cancellation)
    {
        using var prepared = PreparedExperiment.Of(_plan.Of(batch), _data);
        if (_plan.Steps == 0) return [.. ExperimentProbe.Run(prepared).Select(probe => new MapNetwork(probe, null))];
        return MapTraining.Run(prepared, _plan.Steps, cancellation) is { } diverged
            ? [.. ExperimentProbe.Run(prepared).Zip(diverged, (probe, step) => new MapNetwork(probe, step))]
            : null;
    }
}
