using System.Globalization;
using System.Text.Json;
using GradTorch.Activations;
using GradTorch.Configuration;
using GradTorch.Gradients;
using GradTorch.Models;
using GradTorch.Models.Norms;
using GradTorch.Tests.Fixtures;
using GradTorch.Training;
using static TorchSharp.torch;

namespace GradTorch.Tests.Models;

/// <summary>A network of tests/Fixtures/feedforward.py, and what PyTorch has of it.</summary>
internal sealed class FeedForwardCase : IDisposable
{
    private static readonly JsonElement Document = PyTorchFixture.Read("feedforward.json");

    private readonly JsonElement _case;

    public FeedForwardCase(string name)
    {
        _case = Document.GetProperty("cases").EnumerateArray().Single(element => element.Text("name") == name);
        var skips = _case.Int("every") > 0;
        Section = new ModelSection
        {
            Kind = skips ? "residual" : "mlp",
            Depth = Depth,
            Width = Width,
            Skip = skips ? SkipOf(_case) : new SkipSection(),
            Norm = _case.Text("norm"),
            NormPlace = _case.Text("normPlace") == "after-activation" ? NormPlace.AfterActivation : NormPlace.BeforeActivation,
        };
        Model = ModelRegistry.Find(Section.Kind).Create(new ModelBlueprint(
            new ModelShape(Section, _case.Int("features"), Classes), () => new Nonlinearity(new Tanh()),
            new MemberSeed[Members], float64, CPU));
        using var off = no_grad();
        Model.Parameters.Values.copy_(Expected("parameters").ToTensor(float64, Model.Parameters.Values.shape));
    }

    public static IEnumerable<string> Names => Document.GetProperty("cases").EnumerateArray().Select(element => element.Text("name"));

    public static int Members { get; } = Document.Int("members");

    public static int Depth { get; } = Document.Int("depth");

    public static int Batches { get; } = Document.Int("batches");

    private static int Width { get; } = Document.Int("width");

    private static int Classes { get; } = Document.Int("classes");

    private static int BatchSize { get; } = Document.Int("batch");

    public ModelSection Section { get; }

    public EnsembleModel Model { get; }

    public IReadOnlyList<BatchNorm> BatchNorms => [.. Model.modules().OfType<BatchNorm>()];

    /// <summary>An array of the fixture.</summary>
    public double[] Expected(string name) => _case.GetProperty(name).Array<double>();

    /// <summary>One of the batches, (S, B, features).</summary>
    public Tensor Inputs(int batch) =>
        Expected("inputs").ToTensor(float64, Batches, Members, BatchSize, _case.Int("features"))[batch];

    /// <summary>The labels of one of the batches, (S, B).</summary>
    public Tensor Labels(int batch) =>
        tensor(_case.GetProperty("labels").Array<long>(), int64).reshape(Batches, Members, BatchSize)[batch];

    /// <param name="table">What records this; null for nothing.</param>
    /// <returns>The outputs, with their graph behind them already gone through.</returns>
    public Tensor ForwardAndBackward(int batch, GradientTable? table = null)
    {
        var logits = Model.call(Inputs(batch));
        Model.Parameters.ZeroGradients();
        var loss = CrossEntropy.PerExample(logits, Labels(batch)).mean([1]).sum();
        if (table is null) loss.backward();
        else table.Backward(loss);
        return logits;
    }

    /// <summary>The loss of all members with other parameters, in training mode.</summary>
    public double LossWith(double[] parameters)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        Model.Parameters.Values.copy_(parameters.ToTensor(float64, Model.Parameters.Values.shape));
        return HostCopy.Doubles(CrossEntropy.PerExample(Model.call(Inputs(0)), Labels(0)).mean([1]).sum())[0];
    }

    public void Dispose()
    {
        Model.Parameters.Dispose();
        Model.Dispose();
    }

    private static SkipSection SkipOf(JsonElement element) => new()
    {
        Every = element.Int("every"),
        Join = element.Text("join") == "after-activation" ? SkipJoin.AfterActivation : SkipJoin.BeforeActivation,
        Scale = element.Text("scale") == BranchScale.InverseRootDepth
            ? new BranchScale(null)
            : new BranchScale(double.Parse(element.Text("scale"), CultureInfo.InvariantCulture)),
    };
}
