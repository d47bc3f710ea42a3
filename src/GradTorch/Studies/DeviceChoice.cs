using System.Globalization;
using GradTorch.Backends;
using GradTorch.Configuration;
using TorchSharp;
using static TorchSharp.torch;

namespace GradTorch.Studies;

/// <summary>The device that an experiment names.</summary>
public static class DeviceChoice
{
    /// <summary><c>auto</c> is the first CUDA device if there is one, else the CPU.</summary>
    /// <exception cref="ConfigurationException">The experiment asks for a device that is not there.</exception>
    public static Device Of(Experiment experiment)
    {
        var name = experiment.Device;
        // Asked whatever the name: should libtorch not load, this says why, where a device would only say that it did not.
        var count = TorchBackend.Current.CudaDevices;
        if (name == "cpu") return CPU;
        if (name == "auto") return count > 0 ? new Device(DeviceType.CUDA, 0) : CPU;
        var index = name == "cuda" ? 0 : int.Parse(name.AsSpan("cuda:".Length), CultureInfo.InvariantCulture);
        if (index < count) return new Device(DeviceType.CUDA, index);
        var found = count == 0 ? "libtorch sees no CUDA device" : $"libtorch sees {count} CUDA devices, cuda:0 to cuda:{count - 1}";
        throw ExperimentPlan.Refusal("device", $"'{name}' is not there: {found}; allowed here: auto, cpu"
            + (count == 0 ? "; 'gradtorch doctor' says why" : ", cuda:N"));
    }
}
