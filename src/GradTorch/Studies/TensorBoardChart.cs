namespace GradTorch.Studies;

/// <summary>What a chart shows at a step: numbers of each member in a recorded block.</summary>
/// <param name="Tag">The chart's name. Charts with the same text before the first slash stand together.</param>
/// <param name="Start">Where member 0's are in the block.</param>
/// <param name="Stride">From one member's to the next's.</param>
/// <param name="Width">How many a member has.</param>
/// <param name="FirstExponent">Where they are counts of a histogram, the smallest power of ten; null where it is one number.</param>
internal readonly record struct TensorBoardChart(string Tag, double[] Block, int Start, int Stride, int Width = 1, int? FirstExponent = null)
{
    public ReadOnlySpan<double> Of(int member) => Block.AsSpan(Start + member * Stride, Width);
}
