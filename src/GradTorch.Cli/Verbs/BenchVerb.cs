using System.Globalization;
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

    public override string Usage => "[NAME] [--rounds N] [--device cpu|cuda]";

    public override bool TakesArgument => true;

    public override bool TakesKeys => true;

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
        if (invocation.Variant is not null) throw UnknownOption("--variant");
        var (device, rounds) = Read(invocation.Keys);
        var torch = PyTorch.Find();
        var chosen = Choose(new BenchmarkRegistry(device, torch).All, invocation.Argument);
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
        return invocation.Interruption.IsRequested ? ExitCode.Interrupted : ExitCode.Done;
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

    private static (Device Device, int Rounds) Read(IReadOnlyList<string> options)
    {
        var (device, rounds) = (CPU, StandardRounds);
        for (var i = 0; i < options.Count; i++)
        {
            var parts = options[i].Split('=', 2);
            var value = parts.Length == 2 ? parts[1] : i + 1 < options.Count && !options[i + 1].StartsWith('-') ? options[++i] : "";
            switch (parts[0])
            {
                case "--device":
                    device = value switch
                    {
                        "cpu" => CPU,
                        "cuda" when TorchBackend.Current.CudaDevices > 0 => CUDA,
                        "cuda" => throw new BadArgumentsException("--device cuda: libtorch sees no CUDA device; allowed here: cpu"),
                        _ => throw new BadArgumentsException($"--device: found '{value}'; allowed: cpu, cuda"),
                    };
                    break;
                case "--rounds":
                    if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out rounds) || rounds is < 1 or > MostRounds)
                        throw new BadArgumentsException(FormattableString.Invariant($"--rounds: found '{value}'; allowed: an integer from 1 to {MostRounds}"));
                    break;
                default:
                    throw UnknownOption(parts[0]);
            }
        }
        return (device, rounds);
    }

    private static BadArgumentsException UnknownOption(string option) =>
        new($"'{option}' is not an option of bench; allowed: --rounds, --device, --json");
}
