using GradTorch.Analysis.Maps;
using GradTorch.Analysis.Verdicts;
using GradTorch.Cli.Map;
using GradTorch.Cli.Output;
using GradTorch.Configuration;
using GradTorch.Reports;
using GradTorch.Runs;
using GradTorch.Studies;
using GradTorch.Studies.Maps;

namespace GradTorch.Cli.Verbs;

/// <summary>What becomes of the gradient over two numbers of an experiment, at initialisation or after some steps of training.</summary>
internal sealed class MapVerb : ExperimentVerb
{
    private const string OutOption = "--out", Csv = ".csv";

    public override string Name => "map";

    public override string Purpose => "vanishing, healthy or exploding over two numbers, at initialisation or after some steps";

    public override IReadOnlyList<VerbOption> Options =>
    [
        .. base.Options,
        new("--x", "KEY=FROM..TO", $"the number across, any that members can vary; {MapRequest.StandardX} without it"),
        new("--y", "KEY=FROM..TO", $"the number upwards; {MapRequest.StandardY} without it"),
        new("--cells", "NxM", $"values of x by values of y, {MapRequest.StandardCells} without it"),
        new("--log", "x|y|both", "axes whose neighbouring values have the same ratio"),
        new(MapRequest.StepsOption, "K", "trains each network for K steps first, as run does; 0 without it: initialisation"),
        new(OutOption, "FILE.svg|.png|.csv", "draws it, or writes every network as a row; can be given several times"),
    ];

    public override string Details => """
        Every cell is the experiment with its two values, initialised with each of the experiment's seeds and judged as probe
        judges it; a cell shows the fate of most of its seeds, as measured. FROM and TO are the first and last cell.
        With --steps K it is the gradient that run records at step K; a network that diverged before counts as exploding.
        Over it is theory's critical line, χ₁ = 1 of wide layers at initialisation, where theory covers the net and an axis is
        of weights, biases or activation: darker cells, or other letters; in JSON its points (critical), in CSV 1 for the cells
        that it passes through. CSV has x, y, seed, fate, ln_ratio, slope, diverged_step and critical.
        Cells are kept below the experiment's output folder as they are computed. Ctrl-C stops after those that are begun, or
        drops them where they are trained (exit 130), and the same command goes on from there; when all are done it shows them
        at once.
        Of a study it takes one variant: --variant NAME. Keys of the experiment can be given as options, as in
        --model:depth 20, --seeds:count 4.
        """;

    public override IReadOnlyList<(string Command, string Meaning)> Examples =>
    [
        ("map configs/smoke.json --model:depth 20", "over the gain of the weights and the biases"),
        ("map configs/smoke.json --model:init:kind scaled-normal --x model:init:weightVariance=0.5..4 --y model:init:biasVariance=0..1 --seeds:count 4", "the plane of mean-field theory, four seeds in a cell"),
        ("map configs/smoke.json --x model:init:gain=0.5..8 --y training:optimizer:lr=0.001..10 --log both --steps 100", "after 100 steps"),
        ("map configs/smoke.json --x model:init:gain=0.1..10 --y model:activation:slope=0.1..10 --log both --out map.png --out map.csv", "as a picture, and for a spreadsheet"),
    ];

    protected override ExitCode Run(StudyPlan study, Invocation invocation)
    {
        if (study.Runs is not [var run])
            throw new BadArgumentsException($"{study.Name} is a study, of which map takes one variant: --variant NAME; allowed: {NamesOf(study)}");
        var plan = MapRequest.Of(run, invocation);
        var outputs = OutputsOf(invocation.Options);
        using var runner = new MapRunner(plan, invocation.Screen.Line);
        invocation.Interruption.Listen();
        using var folder = MapFolder.Open(
            RunDirectory.ParentOf(run.Experiment.Output, run.Experiment.Name, run.Variant?.Name),
            ExperimentWriter.ToJson(run.Experiment), MapRecords.Of(run, plan), DefinitionOf(plan));
        Compute(plan, runner, folder, invocation);
        var map = folder.Map;
        if (map.IsComplete) Write(map, outputs);
        if (invocation.Json) invocation.Terminal.Output.Json(MapDocument.Of(map));
        else MapView.Show(map, invocation.Screen);
        if (map.IsComplete) return ExitCode.Done;
        invocation.Terminal.Error.Line(
            $"interrupted with {NumberText.Count(map.Cells.Count)} of {NumberText.Plural(plan.Cells, "cell")} done, which are kept in {map.Folder}; the same command goes on from there");
        return invocation.Interruption.Exit;
    }

    private static void Compute(MapPlan plan, MapRunner runner, MapFolder folder, Invocation invocation)
    {
        bool IsDone(int cell) => plan.Place(cell) is var (x, y) && folder.Has(x, y);
        MapBatch[] left = [.. runner.Batches.Where(batch => !Enumerable.Range(batch.First, batch.Cells).All(IsDone))];
        if (left.Length == 0) return;
        var limits = ProbeVerdict.LimitsOf(plan.Experiment);
        MapProgress.Show(invocation.Screen, left.Sum(batch => batch.Cells), report => runner.Run(
            left,
            (batch, networks) =>
            {
                folder.Add(CellsOf(plan, batch, networks, limits));
                report(batch.Cells);
            },
            invocation.Interruption.Token));
    }

    private static IEnumerable<MapCell> CellsOf(
        MapPlan plan, MapBatch batch, IReadOnlyList<MapNetwork> networks, GradientLimits limits)
    {
        var route = ProbeVerdict.RouteOf(networks[0].Probe);
        return networks.Chunk(networks.Count / batch.Cells).Select((seeds, index) =>
        {
            var (x, y) = plan.Place(batch.First + index);
            return new MapCell(x, y, [.. seeds.Select(network => network.DivergedStep is { } step
                ? MapPoint.Diverging(x, y, network.Probe.Seed, step)
                : MapPoint.Of(x, y, network.Probe.Seed, ProbeVerdict.Of(network.Probe, route, limits)))]);
        });
    }

    /// <summary>All that the verdicts depend on: not where they are kept, nor how many threads compute them.</summary>
    private static string DefinitionOf(MapPlan plan)
    {
        var free = new Experiment();
        var experiment = plan.Experiment with { Name = free.Name, Output = free.Output, Threads = free.Threads };
        return string.Join('\n', SourceRevision.Version, ExperimentWriter.ToJson(experiment), JsonText.Of(new { plan.X, plan.Y, plan.Steps }));
    }

    private static void Write(StoredMap map, IReadOnlyList<string> files)
    {
        foreach (var file in files)
        {
            if (Path.GetExtension(file) == Csv) AtomicFile.Write(file, MapCsv.Of(map));
            else PictureFile.Write(MapPicture.Of(map), file);
        }
    }

    /// <exception cref="BadArgumentsException">One is of no kind that is known, or its folder is not there.</exception>
    private static IReadOnlyList<string> OutputsOf(OptionValues options)
    {
        string[] endings = [.. PictureFile.Endings, Csv];
        foreach (var file in options.Texts(OutOption))
        {
            if (!endings.Contains(Path.GetExtension(file)))
                throw new BadArgumentsException($"{OutOption}: found '{file}'; allowed: a name that ends in {string.Join(", ", endings)}");
            if (Directory.Exists(file) || !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(file))))
                throw new BadArgumentsException($"{OutOption}: found '{file}'; allowed: a file in a folder that is there");
        }
        return options.Texts(OutOption);
    }
}
