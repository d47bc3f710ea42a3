using System.Globalization;

namespace GradTorch.Cli.Map;

/// <summary>An axis of a map as it was written: <c>KEY=FROM..TO</c>.</summary>
/// <param name="Option"><c>--x</c> or <c>--y</c>.</param>
/// <param name="List">Both ends as values of a list of the experiment.</param>
internal sealed record MapRange(string Option, string Key, double From, double To, string List)
{
    private const string Between = "..";

    /// <param name="standard">Where it was not given.</param>
    /// <exception cref="BadArgumentsException">It was given, and not so.</exception>
    public static MapRange Of(OptionValues options, string option, string standard)
    {
        var text = options.Text(option) ?? standard;
        if (text.Split('=', 2) is not [{ Length: > 0 } key, var range] || range.Split(Between, 2) is not [var from, var to]
            || !IsNumber(from, out var first) || !IsNumber(to, out var last))
        {
            throw Refused(option, text, "KEY=FROM..TO with two numbers, as in model:init:gain=0.5..4");
        }
        return first < last
            ? new MapRange(option, key, first, last, $"{from},{to}")
            : throw Refused(option, text, "a FROM that is less than TO");
    }

    private static bool IsNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);

    private static BadArgumentsException Refused(string option, string found, string allowed) => new($"{option}: found '{found}'; allowed: {allowed}");
}
