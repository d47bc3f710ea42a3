using GradTorch.Configuration;

namespace GradTorch.Studies.Maps;

/// <summary>An experiment with every pair of two numbers in the place of its own, each pair with every seed: a cell.</summary>
/// <param name="Experiment">One run, whose members differ in their seeds only.</param>
/// <param name="X">Goes fastest: cell 0 has the first value of both, cell 1 the second of this one.</param>
public sealed record MapPlan(Experiment Experiment, MapAxis X, MapAxis Y)
{
    public const long MostNetworks = 1_000_000;

    // More at once bring nothing on a CPU, and Ctrl-C waits for them, or drops what was trained of them; a GPU wants more to be busy.
    private const int MostTogetherOnCpu = 256, MostTrainedOnCpu = 64, MostTogetherOnDevice = 4096;

    /// <summary>Steps of the experiment's training that are done before the gradient is measured; 0 for initialisation.</summary>
    public long Steps { get; init; }

    public int Cells => X.Count * Y.Count;

    public long Networks => (long)Cells * Experiment.Seeds.Count;

    public (int X, int Y) Place(int cell) => (cell % X.Count, cell / X.Count);

    /// <summary>The experiment that computes some cells: its members are these, seeds fastest.</summary>
    public Experiment Of(MapBatch batch)
    {
        (int X, int Y)[] places = [.. Enumerable.Range(batch.First, batch.Cells).Select(Place)];
        return Experiment with
        {
            Members = new MembersSection
            {
                Combine = Combination.Zip,
                Vary = new MemberVariation(
                    new VariedKey(X.Key, [.. places.Select(place => X.Values[place.X])]),
                    new VariedKey(Y.Key, [.. places.Select(place => Y.Values[place.Y])])),
            },
            Study = new StudySection(),
        };
    }

    /// <summary>All cells, as many at a time as the memory takes, and one at least.</summary>
    /// <param name="bytes">That the networks of a batch may take.</param>
    /// <exception cref="ConfigurationException">The experiment can't be planned.</exception>
    public IReadOnlyList<MapBatch> Batches(long bytes, bool onDevice)
    {
        var (one, two) = (MemoryOf(1), MemoryOf(2));
        // What is needed however many there are, as the data, is there once.
        var ofCell = Math.Max(1, two - one);
        var networks = onDevice ? MostTogetherOnDevice : Steps > 0 ? MostTrainedOnCpu : MostTogetherOnCpu;
        var most = Math.Max(1, networks / Experiment.Seeds.Count);
        var together = (int)Math.Clamp(bytes / ofCell, 1, most);
        return [.. Enumerable.Range(0, Cells).Chunk(together).Select(cells => new MapBatch(cells[0], cells.Length))];
    }

    private long MemoryOf(int cells) => ExperimentPlan.Of(Of(new MapBatch(0, cells))).MemoryBytes;
}
