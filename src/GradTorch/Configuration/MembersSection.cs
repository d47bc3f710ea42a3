using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace GradTorch.Configuration;

/// <summary>In what the members of the ensemble differ, beside their seeds.</summary>
/// <remarks>
/// The members are the combinations of the varied values, each with every seed. The seeds go fastest: with the seeds 0 and
/// 1, members 0 and 1 have the first combination, members 2 and 3 the second. So every combination sees the same
/// seeds, and combinations can be compared in pairs.
/// </remarks>
public sealed record MembersSection : IValidatableObject
{
    private const int MostCombinations = 100_000;

    [Description("Keys that members have values of their own for, each with its list, as in \"training:optimizer:lr\".")]
    public MemberVariation Vary { get; init; } = MemberVariation.None;

    [Description("cross: every value of each list with every one of the others; zip: the lists are walked together.")]
    [OneOf(typeof(Combination), "a combination")]
    public Combination Combine { get; init; } = Combination.Cross;

    /// <summary>Combinations of the varied values; members are as many times the seeds. 1 when nothing varies.</summary>
    public long CombinationCount => Combine == Combination.Zip && Vary.Keys.Count > 0
        ? Vary.Keys[0].Values.Count
        : Vary.Keys.Aggregate(1L, (count, key) => Math.Min(count, int.MaxValue) * key.Values.Count);

    /// <summary>The values of <see cref="MemberVariation.Keys"/> in each combination. Of <c>cross</c> the last key goes
    /// fastest.</summary>
    public IEnumerable<IReadOnlyList<double>> Combinations()
    {
        var keys = Vary.Keys;
        if (Combine == Combination.Zip && keys.Count > 0)
        {
            return Enumerable.Range(0, keys[0].Values.Count).Select(row => (double[])[.. keys.Select(key => key.Values[row])]);
        }

        IEnumerable<double[]> none = [[]];
        return keys.Aggregate(none, (begun, key) => begun.SelectMany(row => key.Values, (row, value) => (double[])[.. row, value]));
    }

    /// <inheritdoc/>
    /// <remarks>The results name the varied keys by their paths.</remarks>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        Vary.Keys.Count == 0 ? [] : Combine == Combination.Zip ? ValidateZip() : ValidateCross();

    private IEnumerable<ValidationResult> ValidateCross()
    {
        foreach (var key in Vary.Keys)
        {
            if (key.Values.GroupBy(value => value).FirstOrDefault(same => same.Count() > 1) is { } twice)
            {
                yield return new ValidationResult(
                    FormattableString.Invariant($"found {twice.Key} {twice.Count()} times; allowed: each value once"), [key.Path]);
            }
        }

        if (CombinationCount > MostCombinations)
        {
            string[] lengths = [.. Vary.Keys.Select(key => FormattableString.Invariant($"{key.Values.Count}"))];
            yield return new ValidationResult(
                FormattableString.Invariant($"the lists make {string.Join(" × ", lengths)} combinations; ")
                + FormattableString.Invariant($"allowed: up to {MostCombinations}"),
                [Vary.Keys[0].Path]);
        }
    }

    private IEnumerable<ValidationResult> ValidateZip()
    {
        var first = Vary.Keys[0];
        var others = Vary.Keys.Where(key => key.Values.Count != first.Values.Count).ToList();
        foreach (var key in others)
        {
            yield return new ValidationResult(
                FormattableString.Invariant($"found {key.Values.Count} values, but {first.Path} has {first.Values.Count}; ")
                + "allowed with zip, which walks the lists together: lists of one length",
                [key.Path]);
        }

        if (others.Count > 0)
        {
            yield break;
        }

        var rows = Combinations().Select((values, index) => (Text: string.Join(", ", values.Select(Text)), Number: index + 1));
        if (rows.GroupBy(row => row.Text).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            int[] numbers = [.. twice.Select(row => row.Number)];
            yield return new ValidationResult(
                FormattableString.Invariant($"value {numbers[1]} of each list makes the same members ({twice.Key}) as value ")
                + FormattableString.Invariant($"{numbers[0]}; allowed: each combination once"),
                [first.Path]);
        }
    }

    private static string Text(double value) => FormattableString.Invariant($"{value}");
}
