using System.Globalization;
using GradTorch.Configuration;

namespace GradTorch.Cli;

/// <summary>The options of a verb that were written, read as what they should be.</summary>
/// <param name="written">Name and values of each, the values in the order given; none of a switch.</param>
internal sealed class OptionValues(IReadOnlyDictionary<string, IReadOnlyList<string>> written)
{
    public bool Has(string name) => written.ContainsKey(name);

    /// <summary>Null where it was not given.</summary>
    /// <exception cref="BadArgumentsException">It was given more than once.</exception>
    public string? Text(string name) => written.GetValueOrDefault(name) switch
    {
        null => null,
        [var value] => value,
        var several => throw new BadArgumentsException($"{name} was given {several.Count} times; give it once"),
    };

    /// <summary>Those of an option that may be given more than once.</summary>
    public IReadOnlyList<string> Texts(string name) => written.GetValueOrDefault(name) ?? [];

    /// <summary>A number between two bounds, which belong to what is allowed if they are finite.</summary>
    /// <exception cref="BadArgumentsException">It is another, or not a number.</exception>
    public double? Number(string name, double least = double.NegativeInfinity, double most = double.PositiveInfinity)
    {
        if (Text(name) is not { } value) return null;
        if (double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number) && number >= least && number <= most)
        {
            return number;
        }
        throw Refused(name, value, (double.IsFinite(least), double.IsFinite(most)) switch
        {
            (true, true) => FormattableString.Invariant($"a number from {least} to {most}"),
            (true, false) => FormattableString.Invariant($"a number of at least {least}"),
            (false, true) => FormattableString.Invariant($"a number up to {most}"),
            _ => "a finite number",
        });
    }

    /// <exception cref="BadArgumentsException">It is 0 or below, or not a finite number.</exception>
    public double? PositiveNumber(string name) => Text(name) is not { } value ? null
        : double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) && number > 0 ? number
        : throw Refused(name, value, "a number above 0");

    /// <exception cref="BadArgumentsException">It is no integer between the two, both of which are allowed.</exception>
    public int? Integer(string name, int least, int most)
    {
        if (Text(name) is not { } value) return null;
        return int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw Refused(name, value, FormattableString.Invariant($"an integer from {least} to {most}"));
    }

    /// <exception cref="BadArgumentsException">It is none of those.</exception>
    public string? Choice(string name, IReadOnlyList<string> allowed) =>
        Text(name) is not { } value ? null : allowed.Contains(value) ? value : throw NoChoice(name, value, allowed);

    /// <summary>What to say of a word that is none of those allowed.</summary>
    /// <param name="names">Those that it may have been meant for; null for those allowed.</param>
    public static BadArgumentsException NoChoice(string name, string value, IReadOnlyList<string> allowed, IReadOnlyList<string>? names = null)
    {
        var meant = NearestName.Find(value, names ?? allowed);
        return Refused(name, value, string.Join(", ", allowed) + (meant is null ? "" : $"; did you mean '{meant}'?"));
    }

    private static BadArgumentsException Refused(string name, string value, string allowed) =>
        new($"{name}: found '{value}'; allowed: {allowed}");
}
