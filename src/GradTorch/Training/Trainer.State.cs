using static TorchSharp.torch;

namespace GradTorch.Training;

/// <content>What a training remembers.</content>
public sealed partial class Trainer
{
    /// <summary>Names in a state: of the number of updates done, and of the learning rates of the next, which follow from the rest and the plan.
    /// </summary>
    public const string StepsName = "steps", NextRatesName = "next.rates";

    /// <summary>All that the steps from here on depend on, beside the experiment itself; between two steps.</summary>
    /// <remarks>Masks of dropout and batches of members that stopped are not among it: where they stopped is known.</remarks>
    public void Visit(IStateVisitor visitor)
    {
        Interlocked.Exchange(ref _stepsDone, visitor.Visit(StepsName, _stepsDone));
        _evaluated = visitor.Visit("evaluated", _evaluated);
        _stops.Visit(visitor);
        visitor.Visit("alive", _liveness.Alive);
        _model.Visit(visitor);
        _optimizer.Visit(visitor);
        _schedule.Visit(visitor);
        _lossScale?.Visit(visitor);
        _order.Visit(visitor);
        // What follows from all that: kept to see that it does.
        if (visitor.Restores) return;
        visitor.Visit("next.batch", _order.Upcoming());
        visitor.Visit(NextRatesName, Enumerable.Range(0, _schedule.Rates.Count).Select(member => _schedule.RateAt(member, _stepsDone)).ToArray());
    }

    /// <summary>What a member that stopped was at when it did: its state, the batch and the masks of the step that it could not do.</summary>
    public void VisitMember(int member, IStateVisitor visitor)
    {
        using var scope = NewDisposeScope();
        var own = new MemberPart(member, _stops.Count, visitor);
        _model.Visit(own);
        _model.VisitMasks(own);
        _optimizer.Visit(own);
        _schedule.Visit(own);
        own.Visit("learning_rate", _rates.Values);
        // Of this step: the scale itself has gone on.
        if (_lossScale is not null) own.Visit(StepMetrics.LossScale, _metrics.Column(StepMetrics.LossScale));
        var indices = _liveness.LastBatch.narrow(0, member, 1);
        var batch = _data.Train.Gather(indices);
        visitor.Visit("batch.indices", indices);
        visitor.Visit("batch.inputs", batch.Inputs);
        visitor.Visit("batch.targets", batch.Targets);
        if (batch.Lengths is not null) visitor.Visit("batch.lengths", batch.Lengths);
    }
}
