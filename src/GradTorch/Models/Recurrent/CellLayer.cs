using GradTorch.Backends;
using GradTorch.Quantities;
using static TorchSharp.torch;

namespace GradTorch.Models.Recurrent;

/// <summary>A recurrent layer that autograd goes through cell by cell, with a tap on every hidden state and on every
/// product h W. The input's projection is one product over all timesteps.</summary>
public abstract class CellLayer(
    string name, RecurrentShape shape, int gates, EnsembleParameters parameters, int moreBiases = 0)
    : RecurrentLayer(name, shape, gates, parameters, moreBiases)
{
    public override Tensor forward(Tensor input)
    {
        var hidden = Run(input, Record, everyState: Shape.EveryOutput || Record is not null);
        if (Record is not null) MeasureActivation(hidden);
        return Shape.EveryOutput ? stack(hidden, 1) : hidden[^1];
    }

    protected override Tensor StatesWithoutGraph(Tensor input) => stack(Run(input, record: null, everyState: true), 1);

    /// <returns>Every h_t, or the last one only.</returns>
    private List<Tensor> Run(Tensor input, SequenceRecord? record, bool everyState)
    {
        var (members, timesteps, batch) = (input.shape[0], input.shape[1], input.shape[2]);
        var projected = TorchBackend.Current
            .Affine(input.reshape(members, timesteps * batch, Shape.Inputs), InputWeight, Bias)
            .view(members, timesteps, batch, Bias.shape[2])
            // Not one timestep after the other by index: each would give back a gradient as large as all.
            .unbind(1);
        var start = zeros([members, batch, Shape.Units], input.dtype, input.device);
        var state = new CellState(start, HasMemory ? start : null);
        var hidden = new List<Tensor>();
        var cell = Cell();
        for (var t = 0; t < timesteps; t++)
        {
            state = Next(cell, projected[t], state, t, record);
            if (everyState || t == timesteps - 1) hidden.Add(state.Hidden);
        }
        return hidden;
    }

    /// <summary>There is a cell state beside the hidden one.</summary>
    protected abstract bool HasMemory { get; }

    /// <summary>The cell, for the timesteps of one sequence.</summary>
    protected abstract CellStep Cell();

    private CellState Next(CellStep cell, Tensor projected, CellState before, long t, SequenceRecord? record)
    {
        // Only what the cell takes in is cut off: a sequence that has ended keeps its state, and with it its gradient.
        var reached = Shape.Truncate is { } piece && t % piece == 0 ? before.Detached() : before;
        var row = record?.At(t);
        var product = RecurrentProduct.Of(reached.Hidden, RecurrentWeight, row?.Row);
        Watch?.See(product);
        if (row is not null) Tap(product, TimestepQuantity.PreactivationGradient, (int)TimestepQuantity.ZeroGradient);
        var after = cell(projected, product, reached);
        if (Lengths is not null) after = after.Where(Lengths.gt(t).unsqueeze(-1), before);
        if (row is not null) Tap(after.Hidden, TimestepQuantity.HiddenGradient, -1);
        return after;

        void Tap(Tensor tensor, TimestepQuantity norm, int zeros) =>
            record!.Measures.Tap(tensor, row, (int)norm, zeros, (int)TimestepQuantity.Nonfinite);
    }

    /// <summary>Of all timesteps together. A cell has several activations: none of them counts as saturated.</summary>
    private void MeasureActivation(List<Tensor> hidden)
    {
        using var off = no_grad();
        TorchBackend.Current.MeasureActivation(
            stack(hidden, 1), Record!.Layer, (int)LayerQuantity.ActivationMean, (int)LayerQuantity.ActivationStd,
            (int)LayerQuantity.Saturated, (int)LayerQuantity.Nonfinite, double.NegativeInfinity, double.PositiveInfinity);
    }
}

/// <summary>One timestep of a cell.</summary>
/// <param name="projected_SBG">x_t U + b.</param>
/// <param name="product_SBG">h_{t−1} W.</param>
public delegate CellState CellStep(Tensor projected_SBG, Tensor product_SBG, CellState before);

/// <summary>What a cell hands on from one timestep to the next.</summary>
/// <param name="Hidden">h (S, B, H).</param>
/// <param name="Memory">c of an LSTM (S, B, H), else null.</param>
public sealed record CellState(Tensor Hidden, Tensor? Memory)
{
    /// <summary>The same values, through which no gradient flows.</summary>
    public CellState Detached() => new(Hidden.detach(), Memory?.detach());

    /// <summary>This state where a sequence goes on, the state before where it has ended.</summary>
    public CellState Where(Tensor goesOn_SB1, CellState before) => new(
        where(goesOn_SB1, Hidden, before.Hidden),
        Memory is null ? null : where(goesOn_SB1, Memory, before.Memory!));
}
