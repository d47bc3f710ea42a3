using GradTorch.Backends;
using static TorchSharp.torch;

namespace GradTorch.Cli.Doctor;

/// <summary>What supplies the TorchSharp API, whether libtorch loads, and whether it computes.</summary>
internal static class TorchExamination
{
#if TORCH_SYSTEM
    private const string InstallAdvice =
        "run ./gradtorch doctor, which installs and builds what is missing (Debian: g++, cmake, libtorch-dev), or set "
        + "LIBTORCH to the folder of a libtorch";
#else
    private static string InstallAdvice => PackageLibrary.WayOut;
#endif

    public static IEnumerable<Finding> Look()
    {
        var libtorch = Finding.Try("libtorch", InstallAdvice, Libtorch);
        yield return libtorch;
        // Without libtorch each of these would only say so again.
        if (libtorch.Health == Health.Missing) yield break;
        yield return Finding.Try("source", InstallAdvice, () => Finding.Ok("source", Source()));
        yield return Finding.Try("blas", InstallAdvice, Blas);
        yield return Finding.Try("cuda", InstallAdvice, Cuda);
        yield return Finding.Try("threads", InstallAdvice, () => Finding.Ok(
            "threads", FormattableString.Invariant($"{get_num_threads()} within an operator; a run takes what its experiment says (threads) or what suits it")));
        yield return Finding.Try(
            "denormals", InstallAdvice, () => DenormalFlushing(TorchBackend.Current.FlushDenormals(true), HasDenormalSwitch));
        yield return Finding.Try("computation", InstallAdvice, Computation);
    }

#if TORCH_SYSTEM
    private static Finding Libtorch() =>
        Finding.Ok("libtorch", $"{TorchBackend.Current.LibtorchVersion} in {LibTorch.Library.Folder}");

    private static Finding CudaDetails(string devices)
    {
        var backend = TorchBackend.Current;
        if (backend.DeviceName(CUDA) is { } model) devices += $", {model}";
        if (backend.Driver is { } driver) devices += $", driver {driver}";
        if (backend.AvailableMemory(CUDA) is { } bytes) devices += FormattableString.Invariant($", {bytes / 1e9:F1} GB free on the first");
        return LibTorch.CudaKernels.Available()
            ? Finding.Ok("cuda", $"{devices}, kernels of our own can be compiled")
            : new Finding("cuda", Health.Warning, $"{devices}, without kernels of our own: recording and Elman nets are slower",
                "install CUDA's headers and NVRTC beside this libtorch (a pip PyTorch: nvidia-cuda-runtime, nvidia-cuda-nvrtc), "
                + "then remove artifacts/native and run this again");
    }

    // The binding is compiled against it.
    private static bool HasDenormalSwitch => true;

    private static string Source() => $"system: GradTorch's own binding, {LibTorch.Library.Path}";

    private static Finding Blas()
    {
        var file = LibTorch.Library.Blas;
        var kernels = LibTorch.Library.BlasKernels;
        if (file.Length == 0) return Finding.Ok("blas", "inside libtorch");
        var found = file + (kernels.Length == 0 ? "" : $", {kernels} kernels");
        return file.Contains("openblas", StringComparison.Ordinal) && !file.Contains("openmp", StringComparison.Ordinal)
            ? new Finding("blas", Health.Warning, found,
                "its threads fight libtorch's own: install OpenBLAS's OpenMP build (Debian: libopenblas0-openmp)")
            : Finding.Ok("blas", found);
    }
#else
    private static Finding CudaDetails(string devices) => Finding.Ok("cuda", devices);

    private static Finding Libtorch() => PackageLibrary.Problem() is { } problem
        ? new Finding("libtorch", Health.Missing, problem, InstallAdvice)
        : Finding.Ok("libtorch", TorchBackend.Current.LibtorchVersion);

    private static bool HasDenormalSwitch => PackageLibrary.HasDenormalSwitch;

    private static string Source() => $"the NuGet package of {TorchBackend.Current.Source}";

    private static Finding Blas() => Finding.Ok("blas", "inside libtorch");
#endif

    private static Finding Cuda()
    {
        var count = TorchBackend.Current.CudaDevices;
        if (count == 0)
        {
            return new Finding("cuda", Health.Warning, "none: training runs on the CPU",
                "with an NVIDIA GPU: install its driver and a CUDA libtorch (GRADTORCH_TORCH=TorchSharp-cuda-linux, or LIBTORCH)");
        }
        return CudaDetails(FormattableString.Invariant($"{count} {(count == 1 ? "device" : "devices")}"));
    }

    /// <param name="flushed">What libtorch's switch answered.</param>
    /// <param name="reachable">Whether there is a switch to ask.</param>
    internal static Finding DenormalFlushing(bool flushed, bool reachable)
    {
        if (flushed) return Finding.Ok("denormals", "can be flushed to 0");
        var (who, advice) = reachable
            ? ("this processor can't flush them", "use a processor that can (x86-64 with SSE3)")
            : ("this libtorch lacks the switch that flushes them (at::Context::setFlushDenormal)",
                "build with the TorchSharp that Directory.Packages.props names, or on Linux set GRADTORCH_TORCH=system");
        return new Finding("denormals", Health.Warning, $"{who}: vanishing gradients will slow the CPU down", advice);
    }

    /// <summary>f(W) = Σ (x W)² with x = (1, 2), W = (3, 4)ᵀ: x W = 11, f = 121, ∂f/∂W = 2 · 11 · x = (22, 44).</summary>
    private static Finding Computation()
    {
        using var scope = NewDisposeScope();
        var x = tensor([1.0f, 2.0f]).reshape(1, 2);
        var weight = tensor([3.0f, 4.0f]).reshape(2, 1).requires_grad_(true);
        var value = x.matmul(weight).square().sum();
        value.backward();
        var gradient = weight.grad!.data<float>().ToArray();
        var right = value.item<float>() == 121 && gradient is [22, 44];
        var found = FormattableString.Invariant(
            $"product and its gradient: {value.item<float>()} (121), {gradient[0]} (22), {gradient[1]} (44)");
        return right ? Finding.Ok("computation", found) : new Finding("computation", Health.Missing, found, InstallAdvice);
    }
}
