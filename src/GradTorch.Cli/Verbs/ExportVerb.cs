using GradTorch.Cli.Output;
using GradTorch.Exports;
using GradTorch.Runs;
using GradTorch.Studies;

namespace GradTorch.Cli.Verbs;

/// <summary>What runs recorded, as files for other programs.</summary>
internal sealed class ExportVerb : Verb
{
    private const string Weights = "--weights", Out = "--out", OwnFolder = "export";

    private static readonly string[] Kinds = [.. TableFormat.All.Select(OptionOf), Weights];

    public override string Name => "export";

    public override string Purpose => "what runs leave, for others: tables as Parquet or CSV, weights for PyTorch";

    public override string Usage => "DIR";

    public override int MostWords => 1;

    public override IReadOnlyList<VerbOption> Options { get; } =
    [
        .. TableFormat.All.Select(format => new VerbOption(OptionOf(format), null, format.Meaning)),
        new(Weights, null, "the weights of the newest checkpoint, and the network in PyTorch that loads them"),
        new(Out, "FOLDER", $"where to; the folder {OwnFolder} of the run without it"),
    ];

    public override string Details => $"""
        DIR is a run directory, or a folder with runs below it, such as that of a study, of which it takes the newest run of
        each experiment and variant. Every run's files go into its own folder {OwnFolder}; with {Out} those of one run into FOLDER,
        of several into folders below it that are named as those below DIR. A file that is there is replaced as a whole.
        Runs that can't be read are named and left out; of a run that goes on it is what it has recorded so far.
        Tables: a file for each that has rows. NaN and infinities are themselves, also in CSV (RFC 4180), where an empty
        field is NULL.
        Weights: a safetensors file of each member with PyTorch's names and shapes, as in hidden1.weight (out, in), and model.py,
        which builds the network with PyTorch alone and loads one. model:init:kind file starts from such files.
        """;

    public override IReadOnlyList<(string Command, string Meaning)> Examples =>
    [
        ("export runs/smoke/001 --parquet", "into its folder export"),
        ("export runs/backward-of-relu --csv --out tables", "of each variant of a study, into folders of tables"),
        ("export runs/smoke/001 --weights", "weights-0.safetensors and so on, and model.py"),
        ("export runs/smoke/001 --parquet --csv --json", "both, and what was written for machines"),
    ];

    public override ExitCode Run(Invocation invocation)
    {
        NamedRuns.Require(invocation, this);
        var (folder, options) = (invocation.Words[0], invocation.Options);
        if (!Kinds.Any(options.Has)) throw new BadArgumentsException($"{Name} needs what to write; allowed: {string.Join(", ", Kinds)}, one or more of them");
        if (!Directory.Exists(folder)) throw new BadArgumentsException($"{folder} is not a folder; give a run directory, or a folder with runs below it");
        var places = PlacesOf(folder, OutOf(options));
        invocation.Interruption.Listen();
        var exported = new List<ExportedRun>();
        foreach (var (run, place) in places)
        {
            if (invocation.Interruption.IsRequested) break;
            if (Attempt(run, place, invocation) is { } done) exported.Add(done);
        }
        if (exported.Count == 0 && !invocation.Interruption.IsRequested) throw new RunException("No run is left that can be exported.");
        if (invocation.Json) invocation.Terminal.Output.Json(new ExportDocument(exported));
        else ExportView.Show(exported, invocation.Screen);
        if (!invocation.Interruption.IsRequested) return ExitCode.Done;
        invocation.Terminal.Error.Line("interrupted; the files that were written are complete, and the same command writes all of them anew");
        return invocation.Interruption.Exit;
    }

    private static string OptionOf(TableFormat format) => $"--{format.Name}";

    /// <summary>Each run with the folder of its files.</summary>
    private static IReadOnlyList<(RunDirectory Run, string Folder)> PlacesOf(string folder, string? place)
    {
        var runs = RunDirectory.Newest(folder);
        return
        [
            .. runs.Select(run => (run, place is null ? Path.Combine(run.Path, OwnFolder)
                : runs.Count == 1 ? place : Path.Combine(place, Path.GetRelativePath(folder, run.Path)))),
        ];
    }

    /// <summary>Null where it was not given. It need not be there, but the folder that it is in, which a mistyped one is not.</summary>
    private static string? OutOf(OptionValues options)
    {
        if (options.Text(Out) is not { } place) return null;
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(place));
        if (File.Exists(full)) throw new BadArgumentsException($"{Out}: {place} is a file; give a folder");
        if (Path.GetDirectoryName(full) is { } parent && !Directory.Exists(parent)) throw new BadArgumentsException($"{Out}: there is no folder {parent}; make it first");
        return full;
    }

    private static void Write(RunDirectory run, string place, Action<ExportedFile> written, Invocation invocation)
    {
        var stop = invocation.Interruption.Token;
        foreach (var format in TableFormat.All.Where(format => invocation.Options.Has(OptionOf(format)))) TableExport.Write(run, format, place, written, stop);
        if (!invocation.Options.Has(Weights)) return;
        using var network = StoredNetwork.Read(run, invocation.Terminal.Error.Warning);
        WeightExport.Write(network, place, written, stop);
    }

    /// <summary>Null of one that is left out and named.</summary>
    private static ExportedRun? Attempt(RunDirectory run, string place, Invocation invocation)
    {
        var files = new List<ExportedFile>();
        try
        {
            var (manifest, status) = run.ReadStatus(DateTimeOffset.UtcNow);
            if (status != RunStatus.Finished)
            {
                var lastStep = RunDatabaseReader.Read(run.DatabaseFile, reader => reader.LastStep());
                invocation.Terminal.Error.Warning($"{run.Path} {RunStatusText.Sentence(status, run.Path, lastStep, manifest.Error)}");
            }
            Write(run, place, files.Add, invocation);
        }
        catch (RunException exception)
        {
            invocation.Terminal.Error.Warning($"left out: {exception.Message}");
            return null;
        }
        catch (OperationCanceledException)
        {
            // Those that are done are shown.
        }
        return new ExportedRun(run.Path, place, files);
    }
}
