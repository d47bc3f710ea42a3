using GradTorch.Backends;
using GradTorch.Configuration;
using GradTorch.Data;
using GradTorch.Models;
using GradTorch.Runs;
using GradTorch.Studies;

namespace GradTorch.Tests.Studies;

/// <summary>How many threads <c>auto</c> is, and that it changes nothing but the time.</summary>
public sealed class ThreadChoiceTests : IDisposable
{
    private readonly SmallImages images = new();
    private readonly TemporaryFolder folder = new();

    public void Dispose()
    {
        images.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void A_number_is_that_number_whatever_the_size() =>
        Assert.Equal((5, "as given"), Choice(Mlp(1, 8, 1, 2) with { Threads = new ThreadCount(5) }, cores: 2));

    [Theory]
    [InlineData(8, 4, "members are spread over the cores", 4, "products this wide are split between the cores")]
    [InlineData(3, 3, "members are spread over the cores", 1, "products this small are fastest on one core")]
    public void Members_go_over_four_cores_where_the_backend_spreads_them(
        int members, int spread, string reason, int together, string reasonTogether) => Assert.Equal(
            TorchBackend.SpreadsMembers ? (spread, reason) : (together, reasonTogether), Choice(Mlp(members, 64, 50, 128), cores: 4));

    [Fact]
    public void A_wide_member_takes_them_within_its_products_and_a_narrow_one_takes_one()
    {
        Assert.Equal((4, "products this wide are split between the cores"), Choice(Mlp(1, 1024, 5, 256), cores: 4));
        Assert.Equal((1, "products this small are fastest on one core"), Choice(Mlp(1, 64, 50, 128), cores: 4));
    }

    [Fact]
    public void Members_whose_layers_go_by_operators_are_not_spread() => Assert.Equal(
        (1, "products this small are fastest on one core"), Choice(Mlp(3, 64, 50, 128) with { Precision = Precision.Float16 }, cores: 4));

    [Fact]
    public void Tiny_members_a_machine_of_one_core_and_a_gpu_take_one()
    {
        Assert.Equal(1, Choice(Mlp(2, 4, 2, 8), cores: 4).Count);
        Assert.Equal((1, "this machine has one core"), Choice(Mlp(8, 1024, 5, 256), cores: 1));
        Assert.Equal((1, ThreadChoice.OfDevice.Reason), Choice(Mlp(8, 1024, 5, 256) with { Device = "cuda:1" }, cores: 4));
    }

    [Fact]
    public void The_manifest_tells_the_number_and_the_reason()
    {
        var run = StudyRun.Of(StudyRun.Small(images, folder.Path) with { Threads = new ThreadCount(2) });
        var manifest = RunManifest.FromJson(File.ReadAllText(run.Directory.ManifestFile));
        Assert.Equal((2, "as given"), (manifest.Threads, manifest.ThreadsReason));
    }

    [Theory]
    [InlineData("mlp", "none")]
    [InlineData("mlp", "layer")]
    [InlineData("residual", "none")]
    public void Members_become_the_same_to_the_bit_on_any_number_of_threads(string kind, string norm)
    {
        double[] Weights(int threads)
        {
            var small = StudyRun.Small(images, folder.Path);
            return StudyRun.Of(small with
            {
                Threads = new ThreadCount(threads),
                Model = small.Model with { Kind = kind, Norm = norm },
                Training = small.Training with { Clip = new ClipSection { Kind = "norm" } },
            }).Weights;
        }

        var alone = Weights(1);
        Assert.Equal(alone, Weights(2));
        Assert.Equal(alone, Weights(3));
    }

    private static (int Count, string Reason) Choice(Experiment experiment, int cores)
    {
        var shape = ModelShape.Of(experiment.Model, new DataShape(60_000, 10_000, 0, 784, 10, TargetKind.Class));
        var choice = ThreadChoice.Of(experiment, shape, DeepMlp.CountParameters(shape), cores);
        return (choice.Count, choice.Reason);
    }

    private static Experiment Mlp(int members, int width, int depth, int batch) => new()
    {
        Device = "cpu",
        Seeds = new SeedSection { Count = members },
        Data = new DataSection { Batch = batch },
        Model = new ModelSection { Depth = depth, Width = width },
    };
}
