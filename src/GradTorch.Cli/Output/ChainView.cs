using System.Globalization;
using GradTorch.Analysis.Dynamics;
using GradTorch.Cli.Terminals;

namespace GradTorch.Cli.Output;

/// <summary>The two-state chain of each layer or timestep as people read it.</summary>
internal static class ChainView
{
    public static void Show(VariantChain chain, Screen screen)
    {
        var rows = LayerSelection.Of(chain.Places.Count).Select(index => Row(chain.Places[index], chain));
        var table = new TextTable(
            [chain.Route.Unit, "vanished\nfirst, last", "alive to vanished\na record", "steps until\nit vanishes", "vanished to alive\na record", "way back"],
            [.. rows]);
        screen.ShowWhole(table.ForScreen());
        foreach (var line in Streets(chain)) screen.Line(line);
        screen.Line(FormattableString.Invariant(
            $"(vanished: ‖δ‖ of a {chain.Route.Unit} is no more than {chain.Limits.Vanishing} of that of {chain.Route.Places[^1]}, verdict:vanishing, or exactly 0;"));
        screen.Line(" from one record to the next, with exact 95 % intervals that take records for independent; members are what is independent for certain)");
    }

    private static string[] Row(PlaceChain place, VariantChain chain) =>
    [
        chain.Route.RecurrentLayer is null ? place.Name : FormattableString.Invariant($"timestep {place.Place}"),
        $"{place.VanishedFirst}, {place.VanishedLast}", Probability(place.Vanishing), Steps(place.Vanishing, chain.StepsBetween), Probability(place.Return),
        Word(place.Street),
    ];

    private static string Probability(StateExit exit) => exit.Probability is not { } p ? "–"
        : $"{p.Count} of {p.Trials}: {Short(p.Share)} [{Bound(p.Low)}, {Bound(p.High)}]";

    /// <summary>Of the expected time to absorption, and its bounds.</summary>
    private static string Steps(StateExit exit, double stepsBetween)
    {
        if (exit.Records is not { } records) return "–";
        string Text(double count) => NumberText.Count((long)Math.Round(count * stepsBetween));
        return double.IsInfinity(records.Mean) ? $"at least {Text(records.Low)}" : $"{Text(records.Mean)} [{Text(records.Low)}, {Text(records.High)}]";
    }

    private static string Word(VanishingStreet street) => street switch
    {
        VanishingStreet.OneWay => "one-way",
        VanishingStreet.TwoWay => "two-way",
        _ => "unseen",
    };

    private static IEnumerable<string> Streets(VariantChain chain)
    {
        foreach (var street in chain.Places.GroupBy(place => place.Street).OrderByDescending(street => street.Key))
        {
            PlaceChain[] places = [.. street];
            yield return $"{Word(street.Key)} in {NumberText.Plural(places.Length, chain.Route.Unit)} ({Names(places)}): {What(street.Key, places)}";
        }
    }

    private static string What(VanishingStreet street, PlaceChain[] places)
    {
        var (most, members) = (places.Max(place => place.Return.Chances), places.Max(place => place.Return.Members));
        return street switch
        {
            VanishingStreet.OneWay =>
                $"no gradient came back in up to {NumberText.Plural(most, "chance")} of {NumberText.Plural(members, "member")}; with 95 % confidence at most "
                + $"{Short(places.Min(place => place.ReturnBound!.Value))} would from one record to the next, and at most {NumberText.Percent(places.Min(place => place.MemberReturnBound!.Value))} of members in such a run",
            VanishingStreet.TwoWay =>
                $"gradients came back {NumberText.Plural(places.Sum(place => place.Return.Count), "time")}, in up to "
                + $"{NumberText.Count(places.Max(place => place.Return.MembersLeft))} of {NumberText.Plural(members, "member")}",
            _ => "no record follows one with a vanished gradient",
        };
    }

    private static string Names(PlaceChain[] places) => places is [var only] ? only.Name
        : places[^1].Place - places[0].Place == places.Length - 1 ? $"{places[0].Name} to {places[^1].Name}"
        : $"{places[0].Name} … {places[^1].Name}";

    /// <summary>Three significant digits.</summary>
    private static string Short(double probability) => probability.ToString("G3", CultureInfo.InvariantCulture);

    /// <summary>Two, for a bound needs no more.</summary>
    private static string Bound(double probability) => probability.ToString("G2", CultureInfo.InvariantCulture);
}
