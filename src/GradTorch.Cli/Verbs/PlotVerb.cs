using GradTorch.Analysis.Comparisons;
using GradTorch.Analysis.Maps;
using GradTorch.Cli.Output;
using GradTorch.Reports;
using GradTorch.Runs;

namespace GradTorch.Cli.Verbs;

/// <summary>A picture of runs from their run directories. Needs no libtorch.</summary>
internal sealed class PlotVerb : Verb
{
    private static readonly string[] Kinds = [.. PictureRegistry.All.Select(kind => kind.Name), MapPicture.Name];

    private static readonly ComparedMeasure[] Measures = [ComparedMeasure.Accuracy, ComparedMeasure.Loss];

    public override string Name => "plot";

    public override string Purpose => "draws runs as SVG or PNG: gradients by place and step, gains, variants side by side";

    public override string Usage => "DIR…";

    public override int MostWords => 100_000;

    public override IReadOnlyList<VerbOption> Options { get; } =
    [
        new("--what", string.Join('|', Kinds), "what to draw"),
        new("--out", "FILE.svg|FILE.png", "the file to write; one that is there is replaced"),
        new("--quantity", "COLUMN", "what to draw by place instead of ‖δ‖, as in weight_gradient or hidden_gradient"),
        new("--by", "accuracy|loss", "what to compare by; the accuracy, where there is one, without it"),
    ];

    public override string Details => $"""
        DIR is a run directory, or a folder with runs below it, such as that of a study, of which it takes the newest run of
        each experiment and variant. Members of several varied values are variants, too. Runs that can't be read, or have
        nothing of what is to be drawn, are named and left out. Of map it is the folder that map prints.
        {string.Join("\n", PictureRegistry.All.Select(kind => $"{kind.Name}: {kind.Meaning}").Append($"{MapPicture.Name}: {MapPicture.Meaning}"))}
        """;

    public override IReadOnlyList<(string Command, string Meaning)> Examples =>
    [
        ("plot runs/smoke --what layers --out a.svg", "‖δ‖ by layer"),
        ("plot runs/backward-of-relu --what gain --out gain.svg", "three variants over one another"),
        ("plot runs/backward-of-relu --what compare --out accuracy.svg", "and how well they do"),
        ("plot runs/adding-elman --what heatmap --out heatmap.png", "timesteps, from step to step"),
        ("plot runs/smoke/map-0123456789ab --what map --out map.png", "what map computed, also if it was interrupted"),
        ("plot runs/smoke --what layers --quantity weight_gradient --out weights.png", "another quantity"),
    ];

    public override ExitCode Run(Invocation invocation)
    {
        NamedRuns.Require(invocation, this);
        var name = invocation.Options.Choice("--what", Kinds)
            ?? throw new BadArgumentsException($"plot needs --what, which says what to draw; allowed: {string.Join(", ", Kinds)}");
        var file = File(invocation.Options);
        if (name == MapPicture.Name) return Finish(MapOf(invocation), name, file, invocation);
        var kind = PictureRegistry.All.First(kind => kind.Name == name);
        var request = Request(invocation.Options, kind);
        var variants = Drawable(kind, NamedRuns.Read(invocation), invocation);
        if (variants.Count > kind.MostVariants)
        {
            throw new BadArgumentsException(
                $"{kind.Name} tells {NumberText.Plural(kind.MostVariants, "variant")} apart and was given {NumberText.Count(variants.Count)}; give fewer run directories");
        }
        return Finish(kind.Of(variants, request), name, file, invocation);
    }

    private static ExitCode Finish(Picture picture, string what, string file, Invocation invocation)
    {
        PictureFile.Write(picture, file);
        if (invocation.Json) invocation.Terminal.Output.Json(PictureDocument.Of(file, what, picture));
        else invocation.Screen.Line($"{file}: {picture.Title}");
        return ExitCode.Done;
    }

    private static Picture MapOf(Invocation invocation)
    {
        foreach (var option in (string[])["--quantity", "--by"])
            if (invocation.Options.Has(option)) throw new BadArgumentsException($"{option} has no use with --what {MapPicture.Name}");
        if (invocation.Words is not [var folder])
            throw new BadArgumentsException($"--what {MapPicture.Name} draws one map and was given {NumberText.Plural(invocation.Words.Count, "folder")}; give the folder that map prints");
        if (!Directory.Exists(folder)) throw new BadArgumentsException($"{folder} is not a folder; give the folder that map prints");
        var map = StoredMap.Read(folder);
        if (!map.IsComplete)
            invocation.Terminal.Error.Warning($"{NumberText.Count(map.Cells.Count)} of {NumberText.Plural(map.Of.Cells, "cell")} are computed; the command that made it goes on from there");
        return MapPicture.Of(map);
    }

    /// <summary>Its full path.</summary>
    private static string File(OptionValues options)
    {
        var endings = string.Join(" or ", PictureFile.Endings);
        var name = options.Text("--out") ?? throw new BadArgumentsException($"plot needs --out, the file to write, which ends in {endings}");
        if (!PictureFile.Endings.Contains(Path.GetExtension(name)))
            throw new BadArgumentsException($"--out: found '{name}'; allowed: a name that ends in {endings}");
        var file = Path.GetFullPath(name);
        if (Directory.Exists(file)) throw new BadArgumentsException($"--out: {name} is a folder; give the name of a file");
        return Directory.Exists(Path.GetDirectoryName(file)) ? file
            : throw new BadArgumentsException($"--out: there is no folder {Path.GetDirectoryName(file)}; make it first");
    }

    private static PictureRequest Request(OptionValues options, PictureKind kind)
    {
        string Refusal(string option) => $"{option} has no use with --what {kind.Name}";
        if (options.Has("--quantity") && kind.Quantities.Count == 0) throw new BadArgumentsException(Refusal("--quantity"));
        if (options.Has("--by") && !kind.TakesMeasure) throw new BadArgumentsException(Refusal("--by"));
        var measure = options.Choice("--by", [.. Measures.Select(measure => measure.Name)]);
        return new PictureRequest(
            options.Choice("--quantity", kind.Quantities), Measures.FirstOrDefault(known => known.Name == measure));
    }

    /// <summary>Those that have something of it; the others are named.</summary>
    private static List<ComparedVariant> Drawable(PictureKind kind, IReadOnlyList<ComparedVariant> variants, Invocation invocation)
    {
        var refused = variants.Select(variant => (variant.Directory, Obstacle: kind.Obstacle(variant))).Where(run => run.Obstacle is not null).ToList();
        if (refused.Count == variants.Count)
        {
            throw new RunException(refused is [var (directory, obstacle), ..]
                ? $"{kind.Name} can't be drawn of {directory}: {obstacle}{(refused.Count == 1 ? "" : "; nor of the others")}."
                : "No run is left to draw.");
        }
        foreach (var run in refused) invocation.Terminal.Error.Warning($"left out: {run.Directory}: {run.Obstacle}");
        return [.. variants.Where(variant => kind.Obstacle(variant) is null)];
    }
}
