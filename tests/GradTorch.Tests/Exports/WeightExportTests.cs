using GradTorch.Configuration;
using GradTorch.Gradients;
using GradTorch.Runs;
using GradTorch.Studies;
using GradTorch.Tests.Studies;
using static TorchSharp.torch;

namespace GradTorch.Tests.Exports;

/// <summary>Files of weights as they are written and read, without PyTorch.</summary>
public sealed class WeightExportTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly SmallImages images = new();

    public void Dispose()
    {
        images.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void Names_and_shapes_are_those_of_PyTorch()
    {
        Assert.Equal(
            [
                "hidden1.weight F64 of shape (7, 64)", "hidden1.bias F64 of shape (7)", "norm1.weight F64 of shape (7)", "norm1.bias F64 of shape (7)",
                "norm1.running_mean F64 of shape (7)", "norm1.running_var F64 of shape (7)", "norm1.num_batches_tracked I64 of shape ()",
            ],
            Tensors("mlp batch", "weights-1.safetensors").Take(7));
        Assert.Equal(
            ["output.weight F64 of shape (10, 7)", "output.bias F64 of shape (10)", "projection.weight F64 of shape (7, 64)"],
            Tensors("residual", "weights-0.safetensors").TakeLast(3));
        Assert.Equal(
            [
                "recurrent2.weight_ih_l0 F32 of shape (28, 7)", "recurrent2.weight_hh_l0 F32 of shape (28, 7)", "recurrent2.bias_ih_l0 F32 of shape (28)",
                "recurrent2.bias_hh_l0 F32 of shape (28)", "output.weight F32 of shape (10, 7)", "output.bias F32 of shape (10)",
            ],
            Tensors("lstm float32", "weights-0.safetensors").TakeLast(6));
        Assert.Contains("activation4.weight F64 of shape (1)", Tensors("mlp prelu", "weights-0.safetensors"));
        Assert.Contains("recurrent1.activation.weight F64 of shape (1)", Tensors("elman prelu", "weights-0.safetensors"));
    }

    [Fact]
    public void A_file_says_what_it_is_of_and_one_member_has_no_number()
    {
        using var network = Export("mlp one member");
        Assert.Equal(["weights.safetensors", "model.py"], network.Files.Select(file => Path.GetFileName(file.Path)));
        var metadata = SafetensorsFile.Read(network.Files[0].Path).Metadata;
        Assert.Equal(("pt", "exported", "7", "0", "3"), (metadata["format"], metadata["name"], metadata["step"], metadata["member"], metadata["seed"]));
        Assert.Contains("exported after 7 steps", File.ReadAllText(network.Files[1].Path));
    }

    [Fact]
    public void A_state_of_another_network_is_told()
    {
        var experiment = NetworkCases.Of("mlp batch", images);
        using var network = Export("mlp batch");
        var state = TrainingState.Of(network.Prepared.Model.Visit);
        var deeper = experiment with { Model = experiment.Model with { Depth = 5 } };
        Assert.Matches(@"^the checkpoint has no 'model\.hidden5\.", Refusal(deeper, state));
        var wider = experiment with { Model = experiment.Model with { Width = 8 } };
        Assert.Matches(@"^'model\.\S+' of the checkpoint is F64 of shape \(2, .*7.*\); the training that goes on needs F64 of shape \(2, .*8", Refusal(wider, state));

        static string Refusal(Experiment experiment, IReadOnlyDictionary<string, StoredTensor> state) =>
            Assert.Throws<RunException>(() => StoredNetwork.Of(experiment, 0, state)).Message;
    }

    [Fact]
    public void All_that_does_not_fit_is_told_at_once_and_nothing_is_taken()
    {
        using var network = Export("mlp layer");
        var written = SafetensorsFile.Read(Path.Combine(network.Folder, "weights-0.safetensors"));
        var tensors = new Dictionary<string, StoredTensor>(written.Tensors)
        {
            ["hidden2.weight"] = new(TensorTypes.F64, [7, 8], new byte[7 * 8 * 8]), ["hidden3.bias"] = new(TensorTypes.I64, [7], new byte[7 * 8]),
            ["hiden1.bias"] = written.Tensors["hidden1.bias"],
        };
        tensors.Remove("hidden1.bias");
        var file = folder.File("wrong.safetensors");
        new SafetensorsFile(written.Metadata, tensors).Write(file);
        var before = HostCopy.Doubles(network.Prepared.Model.Parameters.Values);

        var thrown = Assert.Throws<ConfigurationException>(() => WeightFile.Load(network.Prepared.Model, 2, file));
        string[] expected =
        [
            $"{file} has no 'hidden1.bias', which this network needs, of shape (7)",
            $"'hidden2.weight' of {file} is F64 of shape (7, 8); this network needs shape (7, 7)",
            $"'hidden3.bias' of {file} is of type I64; allowed: F64, F32, F16, BF16",
            $"{file} has 'hiden1.bias', which this network has not; did you mean 'hidden1.bias'?",
        ];
        Assert.Equal(expected.Select(message => $"experiment: model:init:path: {message}").Order(), thrown.Message.Split('\n').Order());
        Assert.Equal(before, HostCopy.Doubles(network.Prepared.Model.Parameters.Values));
    }

    [Fact]
    public void Two_biases_of_PyTorch_are_added_and_narrow_types_are_widened()
    {
        using var network = Export("gru");
        var written = SafetensorsFile.Read(Path.Combine(network.Folder, "weights-1.safetensors")).Tensors;
        var tensors = new Dictionary<string, StoredTensor>(written)
        {
            ["recurrent1.bias_hh_l0"] = TrainingState.Stored(arange(21, float16)), ["recurrent1.bias_ih_l0"] = TrainingState.Stored(ones(21, bfloat16)),
        };
        var file = folder.File("biases.safetensors");
        new SafetensorsFile(new Dictionary<string, string>(), tensors).Write(file);
        WeightFile.Load(network.Prepared.Model, 2, file);

        var gru = Assert.IsType<GradTorch.Models.Recurrent.GruLayer>(network.Prepared.Model.RecurrentLayers[0]);
        double[] expected = [.. Enumerable.Range(0, 14).Select(bias => 1.0 + bias), .. Enumerable.Repeat(1.0, 7)];
        Assert.Equal([.. expected, .. expected], HostCopy.Doubles(gru.Bias));
        double[] own = [.. Enumerable.Range(14, 7)];
        Assert.Equal([.. own, .. own], HostCopy.Doubles(gru.CandidateBias));
    }

    [Fact]
    public void A_file_that_is_not_there_or_no_such_file_is_told_when_the_experiment_is_planned()
    {
        var text = folder.Write("text.safetensors", "no tensors in here, just words"u8.ToArray());
        Assert.Equal(
            $"experiment: model:init:path: {folder.File("none-0")} does not exist; give a safetensors file, such as export --weights writes\n"
            + $"experiment: model:init:path: {folder.File("none-1")} does not exist; give a safetensors file, such as export --weights writes",
            Refusal(folder.File("none-{member}")));
        Assert.StartsWith($"experiment: model:init:path: {text} can't be read as a safetensors file: ", Refusal(text), StringComparison.Ordinal);
    }

    [Fact]
    public void Recurrent_weights_of_another_initialiser_have_no_use_beside_a_file()
    {
        var experiment = NetworkCases.Of("gru", images);
        var model = experiment.Model with { Init = new() { Kind = "file", Path = "a" }, RecurrentInit = new() { Kind = "identity" } };
        Assert.Equal(
            "experiment: model:recurrentInit: has no use with model:init:kind 'file', whose file has the recurrent weights, too; leave it out",
            Assert.Throws<ConfigurationException>(() => ExperimentPlan.Of(experiment with { Model = model })).Message);
    }

    private string Refusal(string path)
    {
        var experiment = NetworkCases.Of("mlp layer", images);
        return Assert.Throws<ConfigurationException>(() => ExperimentPlan.Of(
            experiment with { Model = experiment.Model with { Init = new() { Kind = "file", Path = path } } })).Message;
    }

    private ExportedNetwork Export(string name) => new(NetworkCases.Of(name, images), folder.File(name));

    private IEnumerable<string> Tensors(string name, string file)
    {
        using var network = Export(name);
        return [.. SafetensorsFile.Read(Path.Combine(network.Folder, file)).Tensors.Select(tensor => $"{tensor.Key} {tensor.Value.Describe()}")];
    }
}
