using GradTorch.Backends;
using GradTorch.Cli.Bench;
using GradTorch.Cli.Output;
using GradTorch.Configuration;
using static TorchSharp.torch;

namespace GradTorch.Cli.Verbs;

/// <summary>Measures steps of training against PyTorch, or one way of ours against another.</summary>
internal sealed class BenchVerb : Verb
{
    private const int StandardRounds = 9, MostRounds = 1000;

    public override string Name => "bench";

    public override string Purpose => "measures steps of training against PyTorch on this machine";

    public override string Usage => "[NAME]";

    public override int MostWords => 1;

    public override IReadOnlyList<VerbOption> Options =>
    [
        new("--rounds", "N", "rounds of each benchmark, 9 without it"),
        new("--device", "cpu|cuda", "where to measure, the CPU without it"),
    ];

    public override string Details => """
        Each benchmark lets two do the same work in turn, A B A B …, and shows the median over the rounds (9) of our time by
        theirs: below 1 ours is faster. Brackets hold the least and the largest ratio, which lie far apart on a busy machine.
        PyTorch is that of $PYTHON, else of python3, on one fixed batch; ours also gathers its batches and records. Without
        NAME all are measured, which takes minutes.
        """;

    public override IReadOnlyList<(string Command, string Meaning)> Examples =>
    [
        ("bench", "all of them"),
        ("bench every-step --rounds 15", "one of them, more exactly"),
        ("bench --device cuda --json", "on a GPU, for machines"),
    ];

    public override ExitCode Run(Invocation invocation)
    {
        var rounds = invocation.Options.Integer("--rounds", 1, MostRounds) ?? StandardRounds;
        var device = DeviceOf(invocation.Options);
        var torch = PyTorch.Find();
        var chosen = Choose(new BenchmarkRegistry(device, torch).All, invocation.Word);
        if (torch.Version is null && chosen.All(benchmark => benchmark.NeedsPyTorch))
            throw new BadArgumentsException($"{torch.Python} has no PyTorch to measure against; {PyTorch.Advice}");
        invocation.Interruption.Listen();
        var screen = invocation.Screen;
        screen.Line(BenchView.Place(device, torch));
        var results = new List<BenchmarkResult>();
        try
        {
            foreach (var benchmark in chosen)
            {
                if (benchmark.NeedsPyTorch && torch.Version is null)
                {
                    BenchView.Skip(benchmark, screen);
                    continue;
                }
                results.Add(benchmark.Run(rounds, invocation.Interruption.Token));
                BenchView.Show(results[^1], screen);
            }
        }
        catch (OperationCanceledException)
        {
            screen.Line("interrupted");
        }
        if (torch.Version is null) invocation.Terminal.Error.Warning($"{torch.Python} has no PyTorch to measure against; {PyTorch.Advice}");
        if (invocation.Json) invocation.Terminal.Output.Json(BenchDocument.Of(device, torch, results));
        return invocation.Interruption.IsRequested ? invocation.Interruption.Exit : ExitCode.Done;
    }

    private static IReadOnlyList<Benchmark> Choose(IReadOnlyList<Benchmark> all, string? name)
    {
        if (name is null) return all;
        if (all.FirstOrDefault(benchmark => benchmark.Name == name) is { } only) return [only];
        string[] names = [.. all.Select(benchmark => benchmark.Name)];
        var meant = NearestName.Find(name, names);
        throw new BadArgumentsException(
            $"'{name}' is not a benchmark; allowed: {string.Join(", ", names)}" + (meant is null ? "" : $"; did you mean '{meant}'?"));
    }

    private static Device DeviceOf(OptionValues options)
    {
        if (options.Choice("--device", ["cpu", "cuda"]) is not "cuda") return CPU;
        return TorchBackend.Current.CudaDevices > 0
            ? CUDA
            : throw new BadArgumentsException("--device cuda: libtorch sees no CUDA device; allowed here: cpu");
    }
}
