using System.Text.Json;
using GradTorch.Backends;
using GradTorch.Gradients;
using GradTorch.Tests.Backends;
using GradTorch.Tests.Fixtures;
using GradTorch.Tests.Oracles;
using GradTorch.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace GradTorch.Tests.Training;

/// <summary>Clipping of recorded gradients against torch.nn.utils, each member on its own: tests/Fixtures/clipping.py.</summary>
public sealed class GradientClipTests : IDisposable
{
    private static readonly JsonElement Document = PyTorchFixture.Read("clipping.json");
    private static readonly double[] Thresholds = Doubles(Document.GetProperty("thresholds"));
    private static readonly double[] Gradients = [.. Document.GetProperty("gradients").EnumerateArray().SelectMany(Doubles)];
    private static readonly int Count = Gradients.Length / Thresholds.Length;

    private readonly DisposeScope scope = NewDisposeScope();

    public static TheoryData<string, string> Cases =>
        BackendNames.With(Document.GetProperty("cases").EnumerateArray().Select(element => element.Text("name")));

    public void Dispose() => scope.Dispose();

    [Theory]
    [MemberData(nameof(Cases))]
    public void Gradients_norms_and_flags_are_those_of_PyTorch_on_each_member(string backend, string name)
    {
        var expected = Document.GetProperty("cases").EnumerateArray().Single(element => element.Text("name") == name)
            .GetProperty("clipped").EnumerateArray().SelectMany(Doubles).ToArray();
        foreach (var dtype in (ScalarType[])[float64, float32])
        {
            var relative = dtype == float64 ? 1e-14 : 1e-6;
            var gradients = Gradients.ToTensor(dtype, Thresholds.Length, Count);
            var metrics = Apply(backend, name, Thresholds, gradients);
            Arrays.AssertClose(expected, HostCopy.Doubles(gradients), relative);
            Arrays.AssertClose(
                [.. expected.Chunk(Count).Select(MeasureOracle.Norm)], Figures(metrics, StepMetrics.ClippedGradientNorm), 10 * relative);
            // By value, the last member's gradients of 2e-7 are beyond its threshold of 1e-7 as well; member 2 is within.
            Assert.Equal(
                expected.Chunk(Count).Zip(Gradients.Chunk(Count), (after, before) => after.SequenceEqual(before) ? 0.0 : 1.0),
                Figures(metrics, StepMetrics.Clipped));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_member_that_is_not_finite_touches_no_other(string backend, string name)
    {
        var calm = Gradients.ToTensor(float32, Thresholds.Length, Count);
        var wild = calm.clone();
        wild[1].fill_(double.NaN);
        wild[3, 2] = double.PositiveInfinity;
        var (expected, found) = (Apply(backend, name, Thresholds, calm), Apply(backend, name, Thresholds, wild));
        foreach (var member in new[] { 0, 2 })
        {
            Assert.Equal(Bits.Of(HostCopy.Doubles(calm[member])), Bits.Of(HostCopy.Doubles(wild[member])));
            Assert.Equal(Bits.Of(HostCopy.Doubles(expected.Values[member])), Bits.Of(HostCopy.Doubles(found.Values[member])));
        }
        Assert.True(double.IsNaN(HostCopy.Doubles(wild[1])[0]));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_member_alone_is_clipped_like_among_the_others(string backend, string name)
    {
        var together = Gradients.ToTensor(float32, Thresholds.Length, Count);
        var among = Apply(backend, name, Thresholds, together);
        for (var member = 0; member < Thresholds.Length; member++)
        {
            var alone = Gradients.Chunk(Count).ElementAt(member).ToTensor(float32, 1, Count);
            var metrics = Apply(backend, name, [Thresholds[member]], alone);
            Assert.Equal(Bits.Of(HostCopy.Doubles(together[member])), Bits.Of(HostCopy.Doubles(alone)));
            Assert.Equal(Bits.Of(HostCopy.Doubles(among.Values[member])), Bits.Of(HostCopy.Doubles(metrics.Values)));
        }
    }

    /// <summary>In float32 the squares of 1e30 overflow and those of 1e-30 vanish: a norm in float32 clips the first to 0 and
    /// lets nothing be known of the second.</summary>
    [Theory]
    [MemberData(nameof(BackendNames.Theory), MemberType = typeof(BackendNames))]
    public void Norms_beyond_what_float32_can_square_are_clipped_truly(string backend)
    {
        var gradients = tensor(new[] { 3e30f, 4e30f, 3e-30f, 4e-30f }).reshape(2, 2);
        var metrics = Apply(backend, "norm total", [5, 5], gradients);
        Arrays.AssertClose([3, 4, 3e-30, 4e-30], HostCopy.Doubles(gradients), 1e-6);
        Arrays.AssertClose([5, 5e-30], Figures(metrics, StepMetrics.ClippedGradientNorm), 1e-6);
        Assert.Equal([1, 0], Figures(metrics, StepMetrics.Clipped));
    }

    /// <summary>More elements than a vector, and a remainder.</summary>
    [Theory]
    [MemberData(nameof(BackendNames.Theory), MemberType = typeof(BackendNames))]
    public void Clamping_reaches_every_element(string backend)
    {
        foreach (var dtype in (ScalarType[])[float32, float64])
        {
            foreach (var count in new[] { 1, 15, 16, 37, 160 })
            {
                var values = Arrays.Normal(count, 2 * count);
                var gradients = values.ToTensor(dtype, 2, count);
                var held = HostCopy.Doubles(gradients);
                Apply(backend, "value", [0.5, 1.5], gradients);
                Assert.Equal(held.Select((value, i) => Math.Clamp(value, i < count ? -0.5 : -1.5, i < count ? 0.5 : 1.5)), HostCopy.Doubles(gradients));
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    public void A_threshold_that_is_not_above_0_is_refused(double threshold)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ValueClip([1, threshold], TorchBackend.Current, CPU));
        Assert.Throws<ArgumentOutOfRangeException>(() => new NormClip([1, threshold], TorchBackend.Current, zeros(2, 3)));
    }

    [Fact]
    public void The_layers_of_a_model_cover_all_its_parameters_in_order()
    {
        using var problem = TrainingProblem.Initialised(2, depth: 2);
        // 6·8 + 8, 8·8 + 8, 8·4 + 4
        Assert.Equal([new ParameterRange(0, 56), new(56, 72), new(128, 36)], problem.Model.LayerRanges());
    }

    /// <summary>Clips, with the norms measured before as a trainer does.</summary>
    private static StepMetrics Apply(string name, string kind, double[] thresholds, Tensor gradients)
    {
        var backend = BackendNames.Create(name);
        var layers = Document.GetProperty("layers").EnumerateArray().Select(size => size.GetInt64()).ToArray();
        using GradientClip clip = kind switch
        {
            "value" => new ValueClip(thresholds, backend, CPU),
            "norm layer" => new NormClip(
                thresholds, backend, gradients, [new ParameterRange(0, layers[0]), new ParameterRange(layers[0], layers[1])]),
            _ => new NormClip(thresholds, backend, gradients),
        };
        var metrics = new StepMetrics(zeros([thresholds.Length], float64), hasAccuracy: false, clips: true);
        metrics.Set(zeros([thresholds.Length]), null, gradients, backend);
        clip.Apply(gradients, metrics)?.Apply(gradients);
        return metrics;
    }

    private static double[] Figures(StepMetrics metrics, string name) => HostCopy.Doubles(metrics.Column(name));

    private static double[] Doubles(JsonElement list) => [.. list.EnumerateArray().Select(item => item.GetDouble())];
}
