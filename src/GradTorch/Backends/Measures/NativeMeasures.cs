#if TORCH_SYSTEM
using GradTorch.LibTorch;
using static TorchSharp.torch;

namespace GradTorch.Backends.Measures;

/// <summary>Measured in C++: a tap is a hook there, and rows are measured together.</summary>
internal sealed class NativeMeasures : LayerMeasures
{
    private readonly List<RowNorms> _rows = [];

    public override void Tap(Tensor tensor, TableRow row, int norm, int zeros, int nonfinite) =>
        Measurement.Tap(tensor, row.Row, norm, zeros, nonfinite);

    public override void Norm(LayerRows layers, int norm, int nonfinite = -1) =>
        _rows.Add(new RowNorms(layers.Rows, Before: null, layers.Table, norm, nonfinite));

    public override void Difference(LayerRows layers, LayerRows before, int norm) =>
        _rows.Add(new RowNorms(layers.Rows, before.Rows, layers.Table, norm));

    public override void Activation(Tensor tensor, TableRow row, int mean, int deviation, int saturated, int nonfinite,
        (double Low, double High)? saturation)
    {
        var (low, high) = saturation ?? (double.NegativeInfinity, double.PositiveInfinity);
        Measurement.Activation(tensor, row.Row, mean, deviation, saturated, nonfinite, low, high);
    }

    public override void Finish()
    {
        Measurement.Rows(_rows);
        _rows.Clear();
    }
}
#endif
