using System.Globalization;
using GradTorch.Runs;
using GradTorch.Studies;
using static TorchSharp.torch;

namespace GradTorch.Exports;

/// <summary>The networks of a run for PyTorch: a safetensors file of each member, with PyTorch's names and shapes, and the Python that builds
/// the network and loads one.</summary>
public static class WeightExport
{
    /// <exception cref="RunException">A file can't be written.</exception>
    /// <exception cref="OperationCanceledException">Files that were complete by then stay.</exception>
    public static void Write(StoredNetwork network, string folder, Action<ExportedFile> written, CancellationToken cancellation)
    {
        ExportFolder.Make(folder);
        foreach (var member in network.Members)
        {
            cancellation.ThrowIfCancellationRequested();
            var name = network.Members.Count == 1 ? "weights.safetensors" : FormattableString.Invariant($"weights-{member.Index}.safetensors");
            Write(Path.Combine(folder, name), FormattableString.Invariant($"weights of member {member.Index}"), FileOf(network, member).Write);
        }
        Write(Path.Combine(folder, PyTorchModule.FileName), "their network in PyTorch", path => AtomicFile.Write(path, PyTorchModule.Of(network)));

        void Write(string path, string what, Action<string> write)
        {
            ExportFolder.Change(path, write);
            written(new ExportedFile(path, what, null, new FileInfo(path).Length));
        }
    }

    private static SafetensorsFile FileOf(StoredNetwork network, EnsembleMember member)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var metadata = new Dictionary<string, string>
        {
            ["format"] = "pt",
            ["gradtorch"] = SourceRevision.Version,
            ["name"] = network.Experiment.Name,
            ["step"] = network.Step.ToString(CultureInfo.InvariantCulture),
            ["member"] = member.Index.ToString(CultureInfo.InvariantCulture),
            ["seed"] = member.Seed.Seed.ToString(CultureInfo.InvariantCulture),
            [PyTorchModule.SlopeKey] = member.Alone.Model.Activation.Slope.ToString("R", CultureInfo.InvariantCulture),
        };
        return new SafetensorsFile(
            metadata, network.Model.PyTorchTensors(member.Index).ToDictionary(tensor => tensor.Name, tensor => TrainingState.Stored(tensor.Value)));
    }
}
