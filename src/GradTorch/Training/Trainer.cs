using GradTorch.Backends;
using GradTorch.Data;
using GradTorch.Gradients;
using GradTorch.Models;
using GradTorch.Models.Recurrent;
using GradTorch.Quantities;
using static TorchSharp.torch;

namespace GradTorch.Training;

/// <summary>Trains all members step by step. Nothing leaves the device within a step; what was recorded goes to the
/// observer at each flush.</summary>
public sealed partial class Trainer : IDisposable
{
    private readonly EnsembleModel _model;
    private readonly Loss _loss;
    private readonly DataSet _data;
    private readonly Optimizer _optimizer;
    private readonly TrainingPlan _plan;
    private readonly ITorchBackend _backend;
    private readonly ITrainingObserver _observer;
    private readonly EnsembleOrder _order;
    private readonly Schedule _schedule;
    private readonly LearningRates _rates;
    private readonly GradientClip? _clip;
    private readonly VanishingGradientRegulariser? _regulariser;
    private readonly LossScale? _lossScale;
    private readonly GradientTable? _table;
    private readonly StepMetrics _metrics;
    private readonly DeviceRing _scalars;
    private readonly DeviceRing _gradients;
    private readonly DeviceRing _timesteps;
    private readonly MeasurementRecorder? _measurements;
    private readonly Liveness _liveness;
    private readonly Tensor _batch_SB;
    private readonly RepeatedWork _plainStep;
    private readonly RepeatedWork _recordedStep;
    private readonly MemberStops _stops;
    private long _stepsDone;
    private long _evaluated;

    /// <param name="schedule">Each member's learning rate.</param>
    /// <param name="clip">Null to take gradients as they are.</param>
    /// <param name="regulariser">The model's, whose Ω is recorded; null without.</param>
    public Trainer(EnsembleModel model, Loss loss, DataSet data, EnsembleOrder order, Optimizer optimizer, Schedule schedule,
        GradientClip? clip, TrainingPlan plan, ITorchBackend backend, ITrainingObserver observer,
        VanishingGradientRegulariser? regulariser = null)
    {
        _regulariser = regulariser;
        (_model, _loss, _data, _order, _optimizer, _plan) = (model, loss, data, order, optimizer, plan);
        (_schedule, _clip, _backend, _observer) = (schedule, clip, backend, observer);
        var device = model.Parameters.Values.device;
        var members = schedule.Rates.Count;
        _rates = new LearningRates(schedule, device);
        _lossScale = model.Parameters.Narrow == float16 ? new LossScale(members, device) : null;
        _metrics = new StepMetrics(
            _rates.Values, loss.HasHits, clips: clip is not null, regularises: regulariser is not null, scales: _lossScale is not null);
        _table = plan.RecordEvery > 0 ? new GradientTable(model, backend) : null;
        _scalars = new DeviceRing(plan.Flush, _metrics.Values.shape, device);
        _gradients = new DeviceRing(
            plan.GradientCapacity, [members, model.LayerNames.Count, LayerQuantities.Count], device);
        _timesteps = new DeviceRing(
            plan.GradientCapacity, [members, model.RecurrentLayers.Count, model.Timesteps, TimestepQuantities.Count], device);
        _measurements = _table is null || plan.Measure.Count == 0 ? null : new MeasurementRecorder(model, plan);
        _liveness = new Liveness(members, order.Batch, device);
        model.State.Alive = _liveness.Alive;
        _batch_SB = zeros([members, order.Batch], int64, device).DetachFromDisposeScope();
        // Random numbers of streams of the members' own can't be drawn without the host.
        var repeats = plan.Replay && !model.State.DrawsAtRandom;
        Action[] steps = [() => Update(null), () => Update(_table)];
        (_plainStep, _recordedStep) = repeats && backend.Repeated(device, steps) is [var plain, var recorded]
            ? (plain, recorded) : (new RepeatedWork(steps[0]), new RepeatedWork(steps[1]));
        _stops = new MemberStops(members);
    }

    /// <summary>Updates done so far; may be asked from any thread.</summary>
    public long StepsDone => Interlocked.Read(ref _stepsDone);

    /// <summary>Why steps are not replayed as a whole although they could be; null where they are, or where that is no question.
    /// </summary>
    public string? Refusal => _plainStep.Refusal ?? _recordedStep.Refusal;

    /// <summary>Every update of the plan is done and evaluated, or every member stopped.</summary>
    public bool IsDone => _stops.All || (_stepsDone == _plan.Steps && !LacksEvaluation);

    /// <summary>The members that stopped so far.</summary>
    public IEnumerable<Divergence> Divergences => _stops.Divergences;

    /// <summary>After how many updates was evaluated last; 0 before the first time.</summary>
    public long LastEvaluation => _evaluated;

    /// <summary>Trains to the end of the plan, until cancelled (then within one step, or within a part of an evaluation, which
    /// is dropped), or for as long as wanted. What was recorded up to there is with the observer. Run again, it goes on.</summary>
    /// <param name="pauses">Asked after each update, with how many are done, whether to return; null for never.</param>
    /// <returns>Updates done.</returns>
    public long Run(CancellationToken cancellation, Func<long, bool>? pauses = null)
    {
        _model.Parameters.ZeroGradients();
        while (!IsDone && !cancellation.IsCancellationRequested)
        {
            if (!LacksEvaluation)
            {
                Step(_stepsDone);
                Interlocked.Increment(ref _stepsDone);
                if (_scalars.IsFull) Flush();
            }
            if (LacksEvaluation) Evaluate(_stepsDone, cancellation);
            if (pauses?.Invoke(_stepsDone) == true) break;
        }
        Flush();
        return _stepsDone;
    }

    public void Dispose()
    {
        _plainStep.Dispose();
        _recordedStep.Dispose();
        _batch_SB.Dispose();
        _table?.Dispose();
        _lossScale?.Dispose();
        _metrics.Dispose();
        _scalars.Dispose();
        _gradients.Dispose();
        _timesteps.Dispose();
        _measurements?.Dispose();
        _model.State.Alive = null;
        _liveness.Dispose();
        _rates.Dispose();
    }

    /// <summary>The updates done so far are to be evaluated, and were not.</summary>
    private bool LacksEvaluation => _stepsDone > _evaluated && _plan.EvaluatesAt(_stepsDone);

    private void Step(long step)
    {
        using var scope = NewDisposeScope();
        _batch_SB.copy_(_order.Next());
        if (_rates.Set(step)) _metrics.SetRates(_rates.Values);
        var records = _plan.RecordsAt(step);
        (records ? _recordedStep : _plainStep).Do();
        _scalars.Add(step, _metrics.Values);
        if (!records) return;
        _gradients.Add(step, _table!.Values);
        _timesteps.Add(step, _table.Timesteps);
        _measurements?.Add(step);
    }

    /// <summary>One update of every member by the batch at hand. On a CUDA device it is recorded and replayed: no number leaves the
    /// device in it, and none comes from the host.</summary>
    /// <param name="table">Where the step is recorded; null where it is not.</param>
    private void Update(GradientTable? table)
    {
        using var scope = NewDisposeScope();
        table?.Begin();
        var (losses, hits) = ForwardAndBackward(_batch_SB, table);
        _metrics.Set(losses, hits, _model.Parameters.Gradients, _backend);
        if (_regulariser is not null) _metrics.Column(StepMetrics.Omega).copy_(_regulariser.Omega());
        var leftOut = LeftOut();
        _liveness.Update(_batch_SB, leftOut is null ? _metrics.Finite() : _metrics.Finite().logical_or_(leftOut));
        table?.MeasureGradients(_lossScale is null ? null : _metrics.Column(StepMetrics.LossScale));
        if (table is not null) _measurements?.Measure(RepeatedLoss, _lossScale is null ? null : _metrics.Column(StepMetrics.LossScale));
        var scale = _clip?.Apply(_model.Parameters.Gradients, _metrics);
        table?.KeepWeights();
        _optimizer.Step(_rates.Values, leftOut is null ? _liveness.Alive : _liveness.Alive.logical_and(leftOut.logical_not()), scale);
        table?.MeasureUpdates();
    }

    /// <summary>Members whose update is left out because of their loss's scale, bool (S); null where no loss is scaled.</summary>
    private Tensor? LeftOut()
    {
        if (_lossScale is null) return null;
        _metrics.Column(StepMetrics.LossScale).copy_(_lossScale.Values);
        var leftOut = _lossScale.Update(_metrics.FiniteLoss(), _metrics.FiniteGradient());
        _metrics.Column(StepMetrics.LeftOut).copy_(leftOut);
        return leftOut;
    }

    /// <summary>Backward adds to gradients that are 0: an optimiser leaves them so.</summary>
    private (Tensor Losses, Tensor? Hits) ForwardAndBackward(Tensor indices, GradientTable? table)
    {
        var (losses, outputs, batch) = Forward(indices);
        var sum = (_lossScale is null ? losses : losses.mul(_lossScale.Values)).sum();
        if (table is null) sum.backward();
        else table.Backward(sum);
        using var off = no_grad();
        if (_lossScale is not null) _model.Parameters.Gradients.div_(_lossScale.Values.unsqueeze(1));
        return (losses, _loss.Hits(outputs, batch));
    }

    private (Tensor Losses, Tensor Outputs, Batch Batch) Forward(Tensor indices)
    {
        var batch = _data.Train.Gather(indices);
        var outputs = _model.Outputs(batch);
        return (_loss.PerExample(outputs, batch).mean([1]), outputs, batch);
    }

    /// <summary>What the step under way went back from, once more.</summary>
    private Tensor RepeatedLoss()
    {
        var losses = Forward(_batch_SB).Losses;
        return (_lossScale is null ? losses : losses.mul(_metrics.Column(StepMetrics.LossScale).to(losses.dtype))).sum();
    }

    private void Evaluate(long step, CancellationToken cancellation)
    {
        Flush();
        if (Evaluation.Of(_model, _loss, _data.Test, _data.Shape, step, "test", cancellation) is not { } evaluation) return;
        _evaluated = step;
        _schedule.Evaluated(step, evaluation.Losses);
        _observer.Evaluated(evaluation);
    }

    private void Flush()
    {
        if (_scalars.IsEmpty) return;
        var (steps, scalars) = _scalars.Drain();
        var (gradientSteps, gradients) = _gradients.Drain();
        var (_, timesteps) = _timesteps.Drain();
        FindDivergences(steps, scalars);
        _observer.Recorded(new TrainingRecord(_metrics.Names, steps, scalars, gradientSteps, gradients, timesteps, _measurements?.Drain()));
    }

    private void FindDivergences(long[] steps, double[] scalars)
    {
        DivergenceReplay? replay = null;
        var width = _metrics.Names.Count;
        for (var row = 0; row < steps.Length; row++)
        {
            for (var member = 0; member < _stops.Count; member++)
            {
                var metrics = scalars.AsSpan((row * _stops.Count + member) * width, width);
                if (_stops.Has(member) || _metrics.IsFinite(metrics)) continue;
                replay ??= Replay();
                var (layer, timestep) = replay.Place(member);
                var divergence = new Divergence(member, steps[row], layer, timestep);
                _stops.Add(divergence);
                _observer.Diverged(divergence);
            }
        }
    }

    /// <summary>Repeats the step at which members stopped: their weights, batches and dropout masks are still those.
    /// Nothing is updated.</summary>
    private DivergenceReplay Replay()
    {
        using var scope = NewDisposeScope();
        using var states = new StateWatch(_model);
        using var table = _table is null ? new GradientTable(_model, _backend) : null;
        var measuring = table ?? _table!;
        measuring.Begin();
        _model.State.Replaying = true;
        try
        {
            ForwardAndBackward(_liveness.LastBatch, measuring);
        }
        finally
        {
            _model.State.Replaying = false;
        }
        measuring.MeasureGradients();
        _model.Parameters.ZeroGradients();
        return DivergenceReplay.Of(measuring, states);
    }
}
