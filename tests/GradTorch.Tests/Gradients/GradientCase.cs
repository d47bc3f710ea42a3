using System.Text.Json;
using GradTorch.Activations;
using GradTorch.Backends;
using GradTorch.Configuration;
using GradTorch.Gradients;
using GradTorch.Models;
using GradTorch.Tests.Fixtures;
using GradTorch.Training;
using static TorchSharp.torch;

namespace GradTorch.Tests.Gradients;

/// <summary>A network of tests/Fixtures/gradients.py with its batch, and what PyTorch has of each of its layers.</summary>
internal sealed class GradientCase : IDisposable
{
    private static readonly JsonElement Document = PyTorchFixture.Read("gradients.json");

    private readonly JsonElement _case;
    private readonly JsonElement _shape;

    /// <param name="name">One of <see cref="Names"/>.</param>
    public GradientCase(string name)
    {
        _case = Document.GetProperty("cases").EnumerateArray().Single(element => NameOf(element) == name);
        _shape = Document.GetProperty("shapes").GetProperty(_case.Text("shape"));
        Precision = _case.Text("precision") == "float32" ? float32 : float64;
        Model = Build();
        Inputs = Tensor(_shape.GetProperty("inputs")).reshape(Members, Batch, _shape.Int("features"));
        Labels = tensor(_shape.GetProperty("labels").Array<long>(), int64).reshape(Members, Batch);
        Rows = _case.GetProperty("rows").Array<double>();
    }

    public static IEnumerable<string> Names => Document.GetProperty("cases").EnumerateArray().Select(NameOf);

    public static IReadOnlyList<string> Columns { get; } =
        [.. Document.GetProperty("columns").EnumerateArray().Select(column => column.GetString()!)];

    /// <summary>Learning rate of the step whose update is in <see cref="Rows"/>.</summary>
    public static double Rate { get; } = Document.Double("rate");

    public static int Members { get; } = Document.Int("members");

    public int Batch => _shape.Int("batch");

    public int Width => _shape.Int("width");

    public ScalarType Precision { get; }

    public EnsembleModel Model { get; }

    public Tensor Inputs { get; }

    public Tensor Labels { get; }

    /// <summary>What PyTorch has: members × layers × <see cref="Columns"/>.</summary>
    public double[] Rows { get; }

    /// <param name="table">What records this; null for nothing.</param>
    /// <returns>The outputs, with their graph behind them already gone through.</returns>
    public Tensor ForwardAndBackward(GradientTable? table = null)
    {
        var logits = Model.call(Inputs);
        Model.Parameters.ZeroGradients();
        var loss = CrossEntropy.PerExample(logits, Labels).mean([1]).sum();
        if (table is null) loss.backward();
        else table.Backward(loss);
        return logits;
    }

    /// <summary>One step of plain SGD, recorded.</summary>
    /// <returns>Members × layers × quantities.</returns>
    public double[] RecordStep(ITorchBackend backend)
    {
        using var table = new GradientTable(Model, backend);
        table.Begin();
        ForwardAndBackward(table);
        table.MeasureGradients();
        table.KeepWeights();
        var rates = full([Members], Rate, float64);
        var alive = ones([Members], ScalarType.Bool);
        backend.SgdStep(Model.Parameters.Values, Model.Parameters.Gradients, null, rates, alive, 0, 0, nesterov: false);
        table.MeasureUpdates();
        return HostCopy.Doubles(table.Values);
    }

    public void Dispose()
    {
        Model.Parameters.Dispose();
        Model.Dispose();
    }

    private static string NameOf(JsonElement element) => FormattableString.Invariant(
        $"{element.Text("shape")} {element.Text("activation")} {element.Double("slope")} {element.Double("negativeSlope")} {element.Text("precision")}");

    private DeepMlp Build()
    {
        var parameters = new ActivationParameters
        {
            Slope = MemberValues.Uniform(_case.Double("slope"), Members), NegativeSlope = _case.Double("negativeSlope"),
        };
        var section = new ModelSection { Depth = _shape.Int("depth"), Width = Width };
        var model = new DeepMlp(new ModelBlueprint(
            new ModelShape(section, _shape.Int("features"), _shape.Int("classes")),
            () => new Nonlinearity(ActivationRegistry.Create(_case.Text("activation"), parameters)),
            new MemberSeed[Members], Precision, CPU));
        using var off = no_grad();
        for (var layer = 0; layer < model.Layers.Count; layer++)
        {
            var linear = model.Layers[layer].Linear;
            linear.Weight.copy_(Tensor(_shape.GetProperty("weights")[layer]).reshape(linear.Weight.shape));
            linear.Bias.copy_(Tensor(_shape.GetProperty("biases")[layer]).reshape(linear.Bias.shape));
        }
        return model;
    }

    private Tensor Tensor(JsonElement floats) => tensor(floats.Array<float>()).to(Precision);
}
