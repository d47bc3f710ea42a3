using System.Buffers.Binary;
using System.Xml.Linq;
using GradTorch.Cli;
using GradTorch.Reports;

namespace GradTorch.Tests.Cli;

/// <summary>Pictures of the small runs that <see cref="CompareVerbTests"/> compares.</summary>
public sealed class PlotVerbTests(CompareVerbTests.Runs runs) : IClassFixture<CompareVerbTests.Runs>, IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Kinds => [.. PictureRegistry.All.Select(kind => kind.Name).Where(name => name != "timesteps")];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_is_an_SVG_with_its_axes_and_variants_in_any_culture(string what)
    {
        using var culture = new CommaDecimal();
        var file = folder.File($"{what}.svg");
        var invoked = Invoked.With("plot", runs.Folder, "--what", what, "--out", file, "--json");

        Assert.Equal((ExitCode.Done, ""), (invoked.Exit, invoked.Error));
        Assert.Equal((file, what), (Text(invoked, "file"), Text(invoked, "what")));
        var texts = Texts(file);
        foreach (var panel in invoked.Json.GetProperty("panels").EnumerateArray())
        {
            Assert.Contains(panel.GetProperty("x").GetString(), texts);
            if (what != "compare") Assert.Contains(panel.GetProperty("y").GetString(), texts);
            if (what != "heatmap") Assert.All(panel.GetProperty("series").EnumerateArray(), name => Assert.Contains(texts, text => name.GetString()!.StartsWith(text, StringComparison.Ordinal)));
        }
        Assert.DoesNotContain(texts, text => text.Any(char.IsDigit) && text.Contains(',') && double.TryParse(text, out var number) && number < 1);
        Assert.Equal([file], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_heatmap_says_which_colours_are_no_numbers()
    {
        var file = folder.File("map.svg");
        Invoked.With("plot", runs.Of("tanh 4"), "--what", "heatmap", "--out", file);

        Assert.Contains("exactly 0", Texts(file));
        Assert.Contains("not finite (NaN or infinite)", Texts(file));
    }

    [Fact]
    public void A_PNG_has_two_pixels_for_each_of_600()
    {
        var file = folder.File("layers.png");
        var invoked = Invoked.With("plot", runs.Of("tanh 4"), "--what", "layers", "--quantity", "weight_gradient", "--out", file);

        Assert.Equal((ExitCode.Done, ""), (invoked.Exit, invoked.Error));
        Assert.Contains("‖∂L/∂W‖ by hidden layer", invoked.Output);
        var bytes = File.ReadAllBytes(file);
        Assert.Equal([0x89, 0x50, 0x4E, 0x47], bytes[..4]);
        Assert.Equal(1200, BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(16)));
    }

    [Fact]
    public void Damaged_runs_are_named_and_left_out()
    {
        var (good, broken) = (folder.File("good", "001"), folder.File("broken", "001"));
        foreach (var target in new[] { good, broken })
        {
            Directory.CreateDirectory(target);
            foreach (var source in Directory.GetFiles(runs.Of("tanh 4"))) File.Copy(source, Path.Combine(target, Path.GetFileName(source)));
        }
        File.WriteAllBytes(Path.Combine(broken, "run.db"), [1, 2, 3]);
        var invoked = Invoked.With("plot", folder.Path, "--what", "compare", "--out", folder.File("it.svg"), "--json");

        Assert.Equal(ExitCode.Done, invoked.Exit);
        Assert.Contains($"warning: left out: {Path.Combine(broken, "run.db")}", invoked.Error);
        Assert.Single(invoked.Json.GetProperty("panels")[0].GetProperty("series").EnumerateArray());
    }

    [Fact]
    public void Timesteps_of_a_network_without_time_are_told_and_nothing_is_written()
    {
        var file = folder.File("it.svg");
        var invoked = Invoked.With("plot", runs.Of("tanh 4"), "--what", "timesteps", "--out", file);

        Assert.Equal(ExitCode.Failed, invoked.Exit);
        Assert.Equal(
            $"error: timesteps can't be drawn of {runs.Of("tanh 4")}: it has no timesteps: its network is not recurrent.{Environment.NewLine}", invoked.Error);
        Assert.False(File.Exists(file));
    }

    [Theory]
    [InlineData("plot needs DIR, a run directory or a folder with runs below it, as in: gradtorch plot runs/smoke --what layers --out a.svg")]
    [InlineData("plot needs --what, which says what to draw; allowed: layers, timesteps, steps, heatmap, gain, chain, compare, map", ".", "--out", "a.svg")]
    [InlineData("--what: found 'layer'; allowed: layers, timesteps, steps, heatmap, gain, chain, compare, map; did you mean 'layers'?", ".", "--what", "layer")]
    [InlineData("plot needs --out, the file to write, which ends in .svg or .png", ".", "--what", "layers")]
    [InlineData("--out: found 'a.gif'; allowed: a name that ends in .svg or .png", ".", "--what", "layers", "--out", "a.gif")]
    [InlineData("nowhere is not a folder; give a run directory, or a folder with runs below it", "nowhere", "--what", "layers", "--out", "a.svg")]
    [InlineData("--by has no use with --what layers", ".", "--what", "layers", "--out", "a.svg", "--by", "loss")]
    [InlineData("--quantity has no use with --what gain", ".", "--what", "gain", "--out", "a.svg", "--quantity", "weight")]
    [InlineData("--quantity: found 'hidden_gradien'; allowed: preactivation_gradient, hidden_gradient, recurrent_weight_gradient, zero_gradient, nonfinite; did you mean 'hidden_gradient'?", ".", "--what", "timesteps", "--out", "a.svg", "--quantity", "hidden_gradien")]
    public void What_can_t_be_asked_for_is_one_clear_line_and_exit_2(string message, params string[] arguments) =>
        Invoked.With(["plot", .. arguments]).AssertRefused(message);

    [Fact]
    public void A_folder_that_is_not_there_is_not_made()
    {
        var invoked = Invoked.With("plot", runs.Folder, "--what", "layers", "--out", folder.File("none", "a.svg"));

        Assert.Equal(ExitCode.BadInput, invoked.Exit);
        Assert.Equal($"error: --out: there is no folder {folder.File("none")}; make it first{Environment.NewLine}", invoked.Error);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    private static string Text(Invoked invoked, string name) => invoked.Json.GetProperty(name).GetString()!;

    /// <summary>Everything that is written in it.</summary>
    private static List<string> Texts(string file) =>
        [.. XDocument.Load(file).Descendants().Where(element => element.Name.LocalName == "text").Select(text => text.Value.Trim())];
}
