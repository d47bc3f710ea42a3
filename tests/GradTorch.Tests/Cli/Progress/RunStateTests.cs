using GradTorch.Cli.Progress;
using GradTorch.Configuration;
using GradTorch.Quantities;
using GradTorch.Runs;
using GradTorch.Studies;
using GradTorch.Training;
using Spectre.Console;

namespace GradTorch.Tests.Cli.Progress;

/// <summary>What a live display knows of flushes made by hand: two records of three members.</summary>
public sealed class RunStateTests : IDisposable
{
    private const int Members = 3, Timesteps = 4;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_timesteps_are_those_of_the_last_record_in_the_recurrent_layer_next_to_the_output()
    {
        var state = Started("recurrent1", "recurrent2").With(Record(recurrentLayers: 2));

        Assert.Equal(10, state.GradientStep);
        Assert.Equal([1211.0, 1212, 1213, 1214], state.TimestepNorms);
    }

    [Fact]
    public void A_member_that_diverged_is_not_among_them()
    {
        var state = Started("recurrent1") with { Diverged = [new Divergence(0, 3, 1, 2), new Divergence(2, 3, 1, 2)] };

        Assert.Equal([1111.0, 1112, 1113, 1114], state.With(Record(recurrentLayers: 1)).TimestepNorms);
    }

    [Fact]
    public void One_recurrent_layer_is_drawn_by_timestep_in_place_of_layers()
    {
        var picture = Picture(Started("recurrent1").With(Record(recurrentLayers: 1)));

        Assert.Contains("‖∂L/∂h_t‖ by timestep in recurrent1 at step 10, 1.11e+03 to 1.11e+03\n▁", picture, StringComparison.Ordinal);
        Assert.DoesNotContain("by layer", picture, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_are_drawn_by_layer_and_by_timestep()
    {
        var picture = Picture(Started("recurrent1", "recurrent2").With(Record(recurrentLayers: 2)));

        Assert.Contains("‖∂L/∂W‖ by layer at step 10; 0: exactly 0 in 3 layers\n000\n", picture, StringComparison.Ordinal);
        Assert.Contains("‖∂L/∂h_t‖ by timestep in recurrent2", picture, StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_without_time_has_no_timesteps()
    {
        var state = Started().With(Record(recurrentLayers: 0));

        Assert.Empty(state.TimestepNorms);
        Assert.DoesNotContain("timestep", Picture(state), StringComparison.Ordinal);
    }

    [Fact]
    public void A_divergence_says_at_which_timestep()
    {
        var state = Started("recurrent1") with { Diverged = [new Divergence(1, 30, 1, 7)] };

        Assert.Equal("1 of 3 members diverged, the last: member 1 at step 30 in layer 1 at timestep 7", RunLines.Diverged(state));
    }

    [Fact]
    public void Where_all_have_diverged_there_is_nothing_to_tell_of_a_test()
    {
        var state = Started() with { Evaluation = new Evaluation(20, "test", [double.NaN, 2, 3], [0.1, 0.2, 0.3]) };

        Assert.StartsWith("test loss NaN [", RunLines.Test(state), StringComparison.Ordinal);
        state = state with { Diverged = [.. Enumerable.Range(0, Members).Select(member => new Divergence(member, 10, 1, null))] };
        Assert.Equal("test loss –  accuracy –", RunLines.Test(state));
    }

    private static string Picture(RunState state)
    {
        using var writer = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer), Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors,
        });
        console.Profile.Width = 120;
        console.Write(LivePicture.Of(state, new Pace(20), TimeSpan.Zero, 120));
        return string.Join('\n', writer.ToString().Split('\n').Select(line => line.TrimEnd()));
    }

    private RunState Started(params string[] recurrent)
    {
        var manifest = new RunManifest
        {
            Name = "made", Version = "1", Commit = "none", TorchSource = "none", LibtorchVersion = "none", Device = "cpu",
            Threads = 1, DataChecksum = "none", Seeds = [0, 1, 2], Start = DateTimeOffset.UnixEpoch,
        };
        return new RunState(new RunOverview(
            new Experiment(), RunDirectory.Create(folder.Path, "made"), manifest, new TrainingPlan(20, 20, 10, 20), [0, 1, 2],
            [.. recurrent, "output"], 10, () => 20, null, recurrent.Length, recurrent.Length == 0 ? 0 : Timesteps));
    }

    /// <summary>‖∂L/∂h_t‖ has the digits record, layer, member, timestep: the first two from 0 and 1. Steps 0 and 10; all that
    /// is recorded of layers is 0.</summary>
    private static TrainingRecord Record(int recurrentLayers)
    {
        double[] timesteps =
        [
            .. from record in Enumerable.Range(0, 2)
               from member in Enumerable.Range(0, Members)
               from layer in Enumerable.Range(1, recurrentLayers)
               from timestep in Enumerable.Range(1, Timesteps)
               from quantity in TimestepQuantities.All
               select quantity == TimestepQuantity.HiddenGradient ? 1000 * record + 100 * layer + 10 * member + timestep : -1.0,
        ];
        return new TrainingRecord(
            [], [], [], [0, 10], new double[2 * Members * (recurrentLayers + 1) * LayerQuantities.Count], timesteps);
    }
}
