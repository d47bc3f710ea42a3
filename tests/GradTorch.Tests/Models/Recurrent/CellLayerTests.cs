using System.Text.Json;
using GradTorch.Backends;
using GradTorch.Gradients;
using GradTorch.Models;
using GradTorch.Models.Recurrent;
using GradTorch.Quantities;
using GradTorch.Tests.Fixtures;
using static TorchSharp.torch;

namespace GradTorch.Tests.Models.Recurrent;

/// <summary>GRU and LSTM layers against PyTorch, timestep by timestep (tests/Fixtures/recurrent_cells.py).</summary>
public sealed class CellLayerTests
{
    private const double Tolerance = 1e-10;

    private static readonly JsonElement Document = PyTorchFixture.Read("recurrent_cells.json");

    private static readonly int Members = Document.Int("members"), Timesteps = Document.Int("timesteps"),
        Batch = Document.Int("batch"), Inputs = Document.Int("inputs"), Units = Document.Int("units");

    public static TheoryData<int, bool> Cases
    {
        get
        {
            var cases = new TheoryData<int, bool>();
            for (var index = 0; index < Document.GetProperty("cases").GetArrayLength(); index++)
            {
                cases.Add(index, false);
                cases.Add(index, true);
            }
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Values_gradients_and_what_is_recorded_of_each_timestep_are_those_of_PyTorch(int index, bool recorded)
    {
        using var scope = NewDisposeScope();
        var problem = Document.GetProperty("cases")[index];
        var every = problem.GetProperty("every").GetBoolean();
        using var net = new Net(problem);
        using var measures = TorchBackend.Current.Measures(CPU);
        var hidden = net.Layer.call(net.Input);
        var expected = Joined(problem, "hidden").reshape(Members, Timesteps, Batch, Units);
        Assert.True(hidden.allclose(every ? expected : expected.select(1, Timesteps - 1), Tolerance, Tolerance));
        if (recorded)
        {
            // Again, watched: the gradients below must be the same.
            net.Layer.Record = new SequenceRecord(
                zeros([Members, Timesteps, TimestepQuantities.Count], float64), zeros([Members, LayerQuantities.Count], float64), measures);
            hidden = net.Layer.call(net.Input);
        }
        var outside = Joined(problem, "outside").reshape(Members, Timesteps, Batch, Units);
        var inputGradient = zeros_like(net.Input);
        net.Input.grad = inputGradient;
        measures.Backward(
            (every ? hidden * outside : hidden * outside.select(1, Timesteps - 1)).sum(),
            [.. net.Parameters.Taken, (net.Input, inputGradient)]);
        AssertClose(Joined(problem, "gradients").reshape(Members, -1), net.Parameters.Gradients);
        AssertClose(Joined(problem, "x_gradient").reshape(Members, Timesteps, Batch, Inputs), inputGradient);
        if (!recorded) return;
        measures.Finish();
        var norms = Joined(problem, "norms").reshape(Members, Timesteps, 4);
        AssertClose(norms, net.Layer.Record!.Timesteps.narrow(2, 0, 4));
        var layer = net.Layer.Record!.Layer;
        AssertClose(expected.reshape(Members, -1).mean([1]), layer.select(1, (long)LayerQuantity.ActivationMean));
        AssertClose(expected.reshape(Members, -1).std(1), layer.select(1, (long)LayerQuantity.ActivationStd));
    }

    /// <summary>A NaN in the input of one member at one timestep leaves the other member's gradients as they are.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    public void A_member_with_a_NaN_touches_no_other(int index)
    {
        using var scope = NewDisposeScope();
        var problem = Document.GetProperty("cases")[index];
        using var net = new Net(problem);
        using (no_grad()) net.Input[0, 2, 1].fill_(double.NaN);
        var outside = Joined(problem, "outside").reshape(Members, Timesteps, Batch, Units);
        (net.Layer.call(net.Input) * outside).sum().backward();
        Assert.True(net.Parameters.Gradients[0].isnan().any().item<bool>());
        AssertClose(Joined(problem, "gradients").reshape(Members, -1)[1], net.Parameters.Gradients[1]);
    }

    private static Tensor Joined(JsonElement problem, string name) => tensor(
        problem.GetProperty("members").EnumerateArray().SelectMany(member => member.GetProperty(name).Array<double>()).ToArray());

    private static void AssertClose(Tensor expected, Tensor found) =>
        Assert.True(expected.allclose(found, Tolerance, Tolerance), $"differs by {HostCopy.Doubles((expected - found).abs()).Max()}");

    /// <summary>The layer of a case with PyTorch's weights, and its input.</summary>
    private sealed class Net : IDisposable
    {
        public Net(JsonElement problem)
        {
            var shape = new RecurrentShape(Inputs, Units, problem.GetProperty("every").GetBoolean(),
                problem.GetProperty("truncate").ValueKind == JsonValueKind.Null ? null : problem.Int("truncate"));
            var isGru = problem.Text("kind") == "gru";
            Parameters = new EnsembleParameters(
                Members, isGru ? GruLayer.CountParameters(shape) : LstmLayer.CountParameters(shape), float64, CPU);
            Layer = isGru ? new GruLayer("recurrent1", shape, Parameters) : new LstmLayer("recurrent1", shape, Parameters);
            Input = Joined(problem, "x").reshape(Members, Timesteps, Batch, Inputs).requires_grad_();
            var lengths = problem.GetProperty("members")[0].GetProperty("lengths");
            if (lengths.ValueKind == JsonValueKind.Array)
                Layer.Lengths = tensor(lengths.EnumerateArray().Select(length => length.GetInt64()).ToArray()).expand(Members, Batch);
            using var off = no_grad();
            Layer.WeightIn(Parameters.Values).copy_(cat(
                [Joined(problem, "U").reshape(Members, 1, -1), Joined(problem, "W").reshape(Members, 1, -1)], 2));
            Layer.BiasIn(Parameters.Values).copy_(Joined(problem, "b").reshape(Members, 1, -1));
        }

        public EnsembleParameters Parameters { get; }

        public RecurrentLayer Layer { get; }

        public Tensor Input { get; }

        public void Dispose()
        {
            Layer.Dispose();
            Parameters.Dispose();
        }
    }
}
