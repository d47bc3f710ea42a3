using GradTorch.Backends;
using GradTorch.Configuration;
using GradTorch.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace GradTorch.Studies;

/// <summary>Refuses what can't fit before anything is loaded, instead of being ended by the system in the middle.</summary>
internal static class MemoryLimit
{
    /// <param name="bytes">What the experiment needs.</param>
    /// <param name="experiment">Whose keys are named as what to reduce.</param>
    /// <exception cref="ConfigurationException">The device has less.</exception>
    public static void Require(long bytes, Device device, Experiment experiment) =>
        Require(bytes, Of(device), device.ToString(), experiment);

    internal static void Require(long bytes, long? available, string device, Experiment experiment)
    {
        if (bytes <= (available ?? long.MaxValue)) return;
        var keys = DataSourceRegistry.Find(experiment.Data.Source).Options;
        string Where(string key) => keys.Contains(key) ? $" data:{key}," : "";
        throw ExperimentPlan.Refusal("", FormattableString.Invariant(
            $"needs about {bytes / 1e9:F1} GB of memory, and {device} has {available / 1e9:F1} GB; reduce data:batch,{Where("length")}{Where("train")} gradients:flush, seeds:count or the model, or take another device"));
    }

    /// <summary>Of a CUDA device what is left there, where the backend can ask.</summary>
    internal static long? Of(Device device) => device.type == DeviceType.CPU
        ? HostMemory.Available
        : TorchBackend.Current.AvailableMemory(device);
}
