namespace GradTorch.Studies.Maps;

/// <summary>Neighbouring cells of a map whose networks are computed together.</summary>
/// <param name="First">Number of its first cell, from 0.</param>
/// <param name="Cells">How many.</param>
public readonly record struct MapBatch(int First, int Cells);
