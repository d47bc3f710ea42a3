using System.Text.Json;
using GradTorch.Activations;
using GradTorch.Backends.Scan;
using GradTorch.Gradients;
using GradTorch.Quantities;
using GradTorch.Tests.Backends;
using GradTorch.Tests.Fixtures;
using TorchSharp;
using static TorchSharp.torch;

namespace GradTorch.Tests.Models.Recurrent;

/// <summary>What is recorded over 100 timesteps is what PyTorch's hooks see on a cell-by-cell RNN with the same weights.
/// </summary>
public sealed class ElmanAgainstPyTorchTests : IDisposable
{
    private static readonly JsonElement Document = PyTorchFixture.Read("elman.json");

    private readonly DisposeScope scope = NewDisposeScope();

    // PyTorch's numbers were made without flushing.
    public ElmanAgainstPyTorchTests() => GradTorch.Backends.TorchBackend.Current.FlushDenormals(false);

    public static TheoryData<string, int> Cases =>
        BackendNames.With(Enumerable.Range(0, Document.GetProperty("cases").GetArrayLength()));

    public void Dispose() => scope.Dispose();

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_timestep_is_as_its_hooks_see_it(string backend, int index)
    {
        var fixture = Document.GetProperty("cases")[index];
        var (timesteps, batch) = (Document.Int("timesteps"), Document.Int("batch"));
        var (features, hidden) = (Document.Int("features"), Document.Int("hidden"));
        var every = fixture.GetProperty("every").GetBoolean();
        var weights = new[] { Read("input", features, hidden), Read("bias", 1, hidden), Read("recurrent", hidden, hidden) };
        foreach (var weight in weights)
        {
            weight.requires_grad_();
            weight.grad = zeros_like(weight.detach());
        }
        var record = new TimestepRecord(zeros([1, timesteps, TimestepQuantities.Count], float64));
        Activation activation = fixture.Text("nonlinearity") == "tanh" ? new Tanh() : new ReLU();

        var output = BackendNames.Create(backend).ElmanScan(
            Read("x", timesteps, batch, features), weights[0], weights[1], weights[2],
            new ElmanScanOptions(new Nonlinearity(activation), every, Record: record));
        (output * (every ? Read("upstream", timesteps, batch, hidden) : Read("upstream", batch, hidden))).sum().backward();

        var expected = fixture.GetProperty("rows").Array<double>();
        var columns = Document.GetProperty("columns").EnumerateArray().Select(column => column.GetString()!).ToArray();
        Assert.Equal(columns, TimestepQuantities.Columns.Take(columns.Length));
        for (var column = 0; column < columns.Length; column++)
        {
            Arrays.AssertClose([.. expected.Where((_, i) => i % columns.Length == column)],
                HostCopy.Doubles(record.Table_STQ[0].select(1, column)), 1e-5);
        }
        var gradient = HostCopy.Doubles(Read("gradient", hidden, hidden));
        Arrays.AssertClose(gradient, HostCopy.Doubles(weights[2].grad!), 1e-4, 1e-5 * gradient.Max(Math.Abs));

        Tensor Read(string name, params long[] shape)
        {
            var values = fixture.GetProperty(name);
            var read = fixture.Text("precision") == "float32" ? tensor(values.Array<float>()) : tensor(values.Array<double>());
            return read.reshape([1, .. shape]);
        }
    }
}
