using GradTorch.Configuration;
using GradTorch.Data;
using GradTorch.Exports;
using GradTorch.Gradients;
using GradTorch.Runs;
using GradTorch.Studies;
using TorchSharp;
using static TorchSharp.torch;

namespace GradTorch.Tests.Exports;

/// <summary>An experiment's networks with parameters and running statistics drawn at random, exported into a folder.</summary>
internal sealed class ExportedNetwork : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly Batch _batch;

    public ExportedNetwork(Experiment experiment, string folder)
    {
        Folder = folder;
        Prepared = PreparedExperiment.Of(experiment);
        using var off = no_grad();
        using var generator = new Generator(11, CPU);
        var values = Prepared.Model.Parameters.Values;
        values.copy_(randn(values.shape, values.dtype, generator: generator).mul_(0.4));
        foreach (var (name, buffer) in Prepared.Model.named_buffers())
            buffer.copy_(name.EndsWith("var", StringComparison.Ordinal) ? rand(buffer.shape, buffer.dtype, generator: generator).add_(0.5) : randn(buffer.shape, buffer.dtype, generator: generator));
        _batch = Prepared.Data.Train.Gather(Prepared.Order.Next());
        using var network = StoredNetwork.Of(experiment, 7, TrainingState.Of(Prepared.Model.Visit));
        WeightExport.Write(network, folder, Files.Add, CancellationToken.None);
        var inputs = new Dictionary<string, StoredTensor> { ["x"] = TrainingState.Stored(_batch.Inputs.dim() == 4 ? _batch.Inputs.transpose(1, 2) : _batch.Inputs) };
        if (_batch.Lengths is not null) inputs.Add("lengths", TrainingState.Stored(_batch.Lengths));
        new SafetensorsFile(new Dictionary<string, string>(), inputs).Write(Path.Combine(folder, "inputs.safetensors"));
    }

    public string Folder { get; }

    public List<ExportedFile> Files { get; } = [];

    public PreparedExperiment Prepared { get; }

    /// <summary>What each member makes of its batch, in evaluation, examples first.</summary>
    public double[][] Outputs() => Outputs(Prepared, _batch);

    /// <summary>The same of member 0 of another experiment.</summary>
    public double[] FirstOutputs(PreparedExperiment other) => Outputs(other, _batch)[0];

    public void Dispose()
    {
        Prepared.Dispose();
        _scope.Dispose();
    }

    private static double[][] Outputs(PreparedExperiment prepared, Batch batch)
    {
        using var off = no_grad();
        prepared.Model.eval();
        var outputs = prepared.Model.Outputs(batch);
        if (outputs.dim() == 4) outputs = outputs.transpose(1, 2);
        return [.. Enumerable.Range(0, prepared.Members.Count).Select(member => HostCopy.Doubles(outputs[member]))];
    }
}
