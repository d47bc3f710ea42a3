namespace GradTorch.Analysis.Verification;

/// <summary>In what two runs differ.</summary>
public sealed class Differences
{
    /// <summary>Numbers and texts that were compared.</summary>
    public long Compared { get; internal set; }

    /// <summary>Those of them that differ.</summary>
    public long Count { get; private set; }

    /// <summary>The first of them, in the order in which a run comes to them; null where there is none.</summary>
    public Difference? First { get; private set; }

    /// <summary>The largest |a − b| / max(|a|, |b|) of them; infinite where one is not a number that the other is, or not there at all. 0 where
    /// there is none.</summary>
    public double LargestRelative { get; private set; }

    internal void Add(RecordPlace place, object? first, object? second)
    {
        Count++;
        LargestRelative = Math.Max(LargestRelative, Relative(first, second));
        // Tables come one after another; their rows in the order of their steps, weights at last.
        if (First is null || (place.Step ?? long.MaxValue) < (First.Place.Step ?? long.MaxValue)) First = new Difference(place, first, second);
    }

    private static double Relative(object? first, object? second)
    {
        if (AsNumber(first) is not { } a || AsNumber(second) is not { } b || double.IsNaN(a) || double.IsNaN(b)) return double.PositiveInfinity;
        var scale = Math.Max(Math.Abs(a), Math.Abs(b));
        return scale == 0 ? 0 : double.IsInfinity(scale) ? double.PositiveInfinity : Math.Abs(a - b) / scale;
    }

    private static double? AsNumber(object? value) => value switch
    {
        double number => number,
        long whole => whole,
        _ => null,
    };
}

/// <summary>Something that two runs have otherwise.</summary>
/// <param name="First">A number or a text; null where it is not there.</param>
public sealed record Difference(RecordPlace Place, object? First, object? Second);

/// <summary>Where something stands in the record of a run.</summary>
/// <param name="Table">Of run.db, or the file of a checkpoint.</param>
/// <param name="Quantity">Such as weight_gradient, or a weight of a layer.</param>
public sealed record RecordPlace(string Table, long? Step, long? Member, long? Layer, long? Timestep, string Quantity);
