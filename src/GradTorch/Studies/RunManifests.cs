using GradTorch.Backends;
using GradTorch.Runs;
using TorchSharp;
using static TorchSharp.torch;

namespace GradTorch.Studies;

/// <summary>What the manifest of a run that begins, or is gone on with, says of where it runs.</summary>
internal static class RunManifests
{
    public static RunManifest Of(PreparedExperiment prepared, VariantPlace? variant, DateTimeOffset start) => new()
    {
        Name = prepared.Experiment.Name,
        Variant = variant?.Name,
        Version = SourceRevision.Version,
        Commit = SourceRevision.Commit(),
        TorchSource = TorchBackend.Current.Source,
        LibtorchVersion = TorchBackend.Current.LibtorchVersion,
        Device = DeviceOf(prepared.Device),
        Driver = prepared.Device.type == DeviceType.CPU ? null : TorchBackend.Current.Driver,
        BlasKernels = prepared.Device.type == DeviceType.CPU ? TorchBackend.Current.BlasKernels : null,
        Threads = prepared.Threads.Count,
        ThreadsReason = prepared.Threads.Reason,
        DataChecksum = prepared.Data.Checksum,
        Seeds = [.. prepared.Seeds.Select(seed => seed.Seed)],
        Varied = Varied(prepared),
        Grid = variant?.Grid.ToDictionary(own => own.Path, own => own.ToJson()) ?? [],
        PlannedSteps = prepared.Plan.Steps,
        WorkingDirectory = Environment.CurrentDirectory,
        Process = RunProcess.Current,
        Start = start,
        Heartbeat = start,
    };

    /// <summary>cpu, or cuda:0 (NVIDIA H200).</summary>
    private static string DeviceOf(Device device) =>
        device.type == DeviceType.CPU || TorchBackend.Current.DeviceName(device) is not { } model ? device.ToString() : $"{device} ({model})";

    private static IReadOnlyDictionary<string, double>[] Varied(PreparedExperiment prepared)
    {
        var keys = prepared.Experiment.Members.Vary.Keys;
        return keys.Count == 0
            ? []
            : [.. prepared.Members.Select(member => keys.Zip(member.Varied).ToDictionary(own => own.First.Path, own => own.Second))];
    }
}
