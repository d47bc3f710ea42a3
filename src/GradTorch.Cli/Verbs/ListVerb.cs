using System.Globalization;
using GradTorch.Activations;
using GradTorch.Cli.Output;
using GradTorch.Cli.Terminals;
using GradTorch.Configuration;
using GradTorch.Data;
using GradTorch.Gradients.Measurements;
using GradTorch.Initialisation;
using GradTorch.Models;
using GradTorch.Models.Norms;
using GradTorch.Training;

namespace GradTorch.Cli.Verbs;

/// <summary>What an experiment can name, from the registries. Needs no libtorch.</summary>
internal sealed class ListVerb : Verb
{
    private static readonly Listing[] Listings =
    [
        new("activations", "model:activation:forward", ["name", "formula", "derivative", "largest slope"],
            ActivationRegistry.All.Select(entry => new[] { entry.Name, entry.Formula, entry.Derivative, LargestSlope(entry) })),
        new("surrogates", "model:activation:backward", ["name", "forward", "formula", "default scale", "source"],
            SurrogateRegistry.All.Select(entry => new[]
            {
                entry.Name, entry.MadeFor, entry.Formula, Text(entry.DefaultScale), entry.Source,
            })),
        new("initialisers", "model:init:kind, model:recurrentInit:kind", ["name", "formula", "options", "reference"],
            InitialiserRegistry.All.Select(
                entry => new[] { entry.Name, entry.Formula, string.Join(", ", entry.Options), entry.Reference })),
        new("models", "model:kind", ["name", "formula"],
            ModelRegistry.All.Select(entry => new[] { entry.Name, entry.Formula })),
        new("norms", "model:norm", ["name", "formula", "reference"],
            NormRegistry.All.Select(entry => new[] { entry.Name, entry.Formula, entry.Reference })),
        new("data", "data:source", ["name", "inputs", "target", "from", "reference"],
            DataSourceRegistry.All.Select(entry => new[] { entry.Name, entry.Inputs, entry.Target, entry.From, entry.Reference })),
        new("losses", "training:loss", ["name", "formula", "target"],
            LossRegistry.All.Select(entry => new[] { entry.Name, entry.Formula, TargetKinds.Describe(entry.Target) })),
        new("optimisers", "training:optimizer:kind", ["name", "formula", "reference"],
            OptimizerRegistry.All.Select(entry => new[] { entry.Name, entry.Formula, entry.Reference })),
        new("schedules", "training:schedule:kind; training:schedule:warmup puts a linear warm-up before any", ["name", "formula", "reference"],
            ScheduleRegistry.All.Select(entry => new[] { entry.Name, entry.Formula, entry.Reference })),
        new("clipping", "training:clip:kind", ["name", "formula", "reference"],
            ClipRegistry.All.Select(entry => new[] { entry.Name, entry.Formula, entry.Reference })),
        new("regularisers", "training:regulariser:kind", ["name", "formula", "reference"],
            RegulariserRegistry.All.Select(entry => new[] { entry.Name, entry.Formula, entry.Reference })),
        new("measurements", "gradients:measure", ["name", "what", "tables", "models"],
            MeasurementRegistry.All.Select(
                entry => new[] { entry.Name, entry.Description, entry.Tables, string.Join(", ", entry.Models) })),
    ];

    private static readonly string Kinds = string.Join(", ", Listings.Select(listing => listing.Kind));

    public override string Name => "list";

    public override string Purpose => "what an experiment can name, with formulas and references";

    public override string Usage => "[WHAT]";

    public override string Details => $"""
        Prints everything, or one kind of thing: {Kinds}.
        Formulas leave out the gain; the largest slope is that with the default parameters.
        """;

    public override IReadOnlyList<(string Command, string Meaning)> Examples =>
    [
        ("list", "everything"),
        ("list initialisers", "initial distributions of weights"),
        ("list activations --json", "for machines"),
    ];

    public override int MostWords => 1;

    public override ExitCode Run(Invocation invocation)
    {
        var chosen = Chosen(invocation.Word);
        if (invocation.Json)
            invocation.Terminal.Output.Json(chosen.ToDictionary(listing => listing.Kind, listing => listing.Entries()));
        else
            foreach (var listing in chosen) listing.Show(invocation.Screen);
        return ExitCode.Done;
    }

    private static string LargestSlope(ActivationEntry entry) => Text(entry.Create(new ActivationParameters()).LargestSlope(member: 0));

    private static string Text(double number) => number.ToString("G5", CultureInfo.InvariantCulture);

    private static Listing[] Chosen(string? kind)
    {
        if (kind is null) return Listings;
        var chosen = Array.FindAll(Listings, listing => listing.Kind == kind);
        if (chosen.Length > 0) return chosen;
        var meant = NearestName.Find(kind, Listings.Select(listing => listing.Kind));
        throw new BadArgumentsException(
            $"'{kind}' can't be listed; allowed: {Kinds}" + (meant is null ? "" : $"; did you mean '{meant}'?"));
    }

    /// <param name="Key">Where an experiment names one.</param>
    /// <param name="Columns">In words, which JSON joins with an underscore.</param>
    private sealed record Listing(string Kind, string Key, string[] Columns, IEnumerable<string[]> Rows)
    {
        public IEnumerable<Dictionary<string, string>> Entries() =>
            Rows.Select(row => Columns.Zip(row).ToDictionary(pair => pair.First.Replace(' ', '_'), pair => pair.Second));

        public void Show(Screen screen)
        {
            screen.Show(Kind, "bold", $" ({Key})");
            ListingView.Show(Columns, [.. Rows], screen);
            screen.Line();
        }
    }
}
