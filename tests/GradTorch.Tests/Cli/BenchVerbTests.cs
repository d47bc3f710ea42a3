using GradTorch.Cli;
using GradTorch.Cli.Bench;
using static TorchSharp.torch;

namespace GradTorch.Tests.Cli;

public sealed class BenchVerbTests
{
    /// <summary>Looked for once, and not for each case, also while tests are found.</summary>
    private static readonly Lazy<PyTorch> Found = new(PyTorch.Find);

    public static TheoryData<string> AgainstPyTorch =>
        [.. new BenchmarkRegistry(CPU, new PyTorch("", null)).All.Where(benchmark => benchmark.NeedsPyTorch).Select(benchmark => benchmark.Name)];

    [Fact]
    public void A_benchmark_tells_the_ratio_of_what_both_took()
    {
        var result = Invoked.With("bench", "recording-elman-every", "--rounds", "3", "--json").Json.GetProperty("results")[0];

        double Figure(string name) => result.GetProperty(name).GetDouble();
        Assert.Equal("recording-elman-every", result.GetProperty("name").GetString());
        Assert.Equal(3, result.GetProperty("rounds").GetInt32());
        Assert.InRange(Figure("ours_ms"), double.Epsilon, double.MaxValue);
        Assert.InRange(Figure("theirs_ms"), double.Epsilon, double.MaxValue);
        Assert.InRange(Figure("ratio"), Figure("least"), Figure("most"));
    }

    /// <summary>64 members of 784 timesteps, of five values each, a float64 of 8 bytes but for the count.</summary>
    [Fact]
    public void The_record_tells_its_rows_a_second_and_its_size()
    {
        var result = Invoked.With("bench", "record-784", "--rounds", "1", "--json").Json.GetProperty("results")[0];
        Assert.Equal(64 * 784 / result.GetProperty("ours_ms").GetDouble() * 1e3, result.GetProperty("rows_per_second").GetDouble(), 1e-3);
        Assert.InRange(result.GetProperty("bytes_per_value").GetDouble(), 4 / 5.0 * 8, 12);
    }

    [Fact]
    public void The_ratio_is_the_median_of_the_rounds()
    {
        var benchmark = new Benchmark("name", "work", "against", NeedsPyTorch: false, () => throw new NotSupportedException(), () => throw new NotSupportedException());

        var result = BenchmarkResult.Of(benchmark, steps: 7, [(3, 1), (4, 2), (5, 10)]);

        Assert.Equal((2.0, 0.5, 3.0, 4.0, 2.0), (result.Ratio, result.Least, result.Most, result.OursMs, result.TheirsMs));
        Assert.Equal((3, 7), (result.Rounds, result.Steps));
    }

    [Fact]
    public void Both_take_turns_and_a_turn_is_as_long_as_its_steps_need()
    {
        var order = new List<string>();
        // A step of ours takes 10 ms, of theirs 50: ten of these fill half a second.
        var benchmark = new Benchmark(
            "name", "work", "against", NeedsPyTorch: false, () => new Steps("ours", 0.01, order), () => new Steps("theirs", 0.05, order));

        var result = benchmark.Run(rounds: 2, CancellationToken.None);

        Assert.Equal(10, result.Steps);
        Assert.Equal(["theirs 10", "ours 10", "theirs 10", "ours 10"], order.TakeLast(4));
        Assert.Equal((10, 50), (Math.Round(result.OursMs, 9), Math.Round(result.TheirsMs, 9)));
    }

    [Theory]
    [InlineData("'recording-tenth' is not a benchmark; allowed: every-10th, ", "recording-tenth")]
    [InlineData("'every-11th' is not a benchmark; allowed: every-10th, ", "every-11th")]
    [InlineData("--rounds: found '0'; allowed: an integer from 1 to 1000", "recording-10th", "--rounds", "0")]
    [InlineData("--rounds needs its value: --rounds N, rounds of each benchmark, 9 without it", "recording-10th", "--rounds")]
    [InlineData("--device: found 'gpu'; allowed: cpu, cuda", "--device=gpu")]
    [InlineData("'--model:depth' is not expected here; usage: gradtorch bench [NAME] [--rounds N] [--device cpu|cuda] [--json]", "--model:depth", "3")]
    [InlineData("'--variant' is not expected here; usage: gradtorch bench [NAME] [--rounds N] [--device cpu|cuda] [--json]", "every-10th", "--variant", "relu")]
    public void What_is_wrong_is_told_with_what_is_allowed(string message, params string[] arguments)
    {
        var invoked = Invoked.With(["bench", .. arguments]);
        Assert.Equal(ExitCode.BadInput, invoked.Exit);
        Assert.StartsWith("error: " + message, invoked.Error);
    }

    [Fact]
    public void Without_PyTorch_it_says_how_to_get_it() => WithPython("/bin/false", () =>
    {
        var invoked = Invoked.With("bench", "every-10th");
        Assert.Equal(ExitCode.BadInput, invoked.Exit);
        Assert.StartsWith("error: /bin/false has no PyTorch to measure against; install it (Debian: apt-get install python3-torch)", invoked.Error);
    });

    [Fact]
    public void A_python_that_is_not_there_has_none() =>
        WithPython("/nowhere/python", () => Assert.Equal(new PyTorch("/nowhere/python", null), PyTorch.Find()));

    [TheoryWithPyTorch]
    [MemberData(nameof(AgainstPyTorch))]
    public void PyTorch_does_its_side_of_each(string name)
    {
        using var theirs = new BenchmarkRegistry(CPU, Found.Value).All.Single(benchmark => benchmark.Name == name).Theirs();
        Assert.InRange(theirs.Run(1), double.Epsilon, double.MaxValue);
    }

    private static void WithPython(string python, Action test)
    {
        var before = Environment.GetEnvironmentVariable("PYTHON");
        Environment.SetEnvironmentVariable("PYTHON", python);
        try
        {
            test();
        }
        finally
        {
            Environment.SetEnvironmentVariable("PYTHON", before);
        }
    }

    private sealed class TheoryWithPyTorchAttribute : TheoryAttribute
    {
        public TheoryWithPyTorchAttribute()
        {
#if TORCH_SYSTEM
            if (Found.Value.Version is null) Skip = "no PyTorch here";
#else
            Skip = "it is tried with our binding";
#endif
        }
    }

    private sealed class Steps(string name, double seconds, List<string> order) : Contestant
    {
        public override double Run(int steps)
        {
            order.Add(FormattableString.Invariant($"{name} {steps}"));
            return seconds * steps;
        }

        public override void Dispose()
        {
        }
    }
}
