namespace GradTorch.Cli.Bench;

/// <summary>What a contestant writes that records.</summary>
/// <param name="Rows">Of a step.</param>
/// <param name="BytesPerValue">On disk, with all that stands beside the values.</param>
internal sealed record RecordSize(int Rows, double BytesPerValue);
