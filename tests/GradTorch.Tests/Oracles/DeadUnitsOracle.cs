namespace GradTorch.Tests.Oracles;

/// <summary>Dead units of one layer of one member, record after record, from their definition.</summary>
/// <param name="units">H.</param>
internal sealed class DeadUnitsOracle(int units)
{
    private readonly List<bool[]> _records = [];

    /// <param name="slopes">Examples × units.</param>
    public void Record(double[] slopes) => _records.Add(
        [.. Enumerable.Range(0, units).Select(unit => slopes.Chunk(units).All(example => example[unit] == 0))]);

    public double Dead => Fraction(unit => _records[^1][unit]);

    public double DeadAlways => Fraction(unit => _records.All(record => record[unit]));

    public double DeadRecords
    {
        get
        {
            var rows = Enumerable.Range(0, units).Where(unit => _records[^1][unit])
                .Select(unit => _records.AsEnumerable().Reverse().TakeWhile(record => record[unit]).Count()).ToList();
            return rows.Count == 0 ? 0 : rows.Average();
        }
    }

    private double Fraction(Func<int, bool> condition) => Enumerable.Range(0, units).Count(condition) / (double)units;
}
