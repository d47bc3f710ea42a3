using GradTorch.Configuration;

namespace GradTorch.Data;

/// <summary>One data source of the registry.</summary>
/// <param name="Inputs">What an example is, with its sizes.</param>
/// <param name="Target">What is learnt of it.</param>
/// <param name="From">Where it comes from.</param>
/// <param name="Shape">The sizes an experiment will get. A file of the user's own is read for it; nothing is downloaded and
/// libtorch is not needed. It throws a <see cref="DataException"/> where the data can't be used.</param>
/// <param name="Load">Reads or generates it, standardises it and puts it on the device.</param>
public sealed record DataSourceEntry(
    string Name, string Inputs, string Target, string From, string Reference, Func<DataSection, DataShape> Shape,
    Func<DataSection, DataTarget, DataSet> Load)
{
    /// <summary>The keys of their section that it reads, of those that only some sources do.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>Those that must be given, as properties of <see cref="DataSection"/>.</summary>
    public IReadOnlyList<string> Needs { get; init; } = [];

    /// <summary>The standardisations that make sense; the first is what <see cref="Standardisation.Auto"/> takes.</summary>
    public IReadOnlyList<Standardisation> Standardisations { get; init; } = [Standardisation.None];

    /// <summary>The smallest data:length.</summary>
    public int LeastLength { get; init; } = 1;

    /// <summary>Bytes of one stored example on the device, of a shape and with floating-point numbers of so many bytes. As
    /// bytes by default: one for each number.</summary>
    public Func<DataShape, int, long> ExampleBytes { get; init; } = (shape, _) => shape.AsVectors().Features;
}
