using Microsoft.Win32.SafeHandles;
using TorchSharp.Interop;
using static TorchSharp.Interop.NativeMethods;
using static TorchSharp.torch;

namespace GradTorch.LibTorch;

/// <summary>Work on a CUDA device, recorded once and launched as a whole: what costs the host a launch for each kernel then costs
/// one for all.</summary>
/// <remarks>A launch does what was recorded, with the tensors it was recorded with: their contents may change, nothing else. Tensors
/// made while recording live in the graphs' memory.</remarks>
public sealed class CudaGraph : SafeHandleZeroOrMinusOneIsInvalid
{
    private CudaGraph(nint handle) : base(ownsHandle: true) => SetHandle(handle);

    /// <summary>Records what the work gives to a device, without doing it. All its kernels must have run before, so that nothing is
    /// set up while recording.</summary>
    /// <exception cref="System.Runtime.InteropServices.ExternalException">The work can't be recorded (it waits for the device, or
    /// copies from the host), or the native library was built without CUDA's headers.</exception>
    public static CudaGraph Record(Device device, CudaGraphMemory memory, Action work)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(work);
        var graph = new CudaGraph(Failure.Check(gt_cuda_graph_begin(Math.Max(device.index, 0), memory)));
        try
        {
            work();
        }
        catch
        {
            _ = gt_cuda_graph_end(graph.handle);
            graph.Dispose();
            throw;
        }
        if (gt_cuda_graph_end(graph.handle) == 0) return graph;
        var failure = Failure.Last();
        graph.Dispose();
        throw failure;
    }

    /// <summary>Does the work once, behind what the device has been given so far.</summary>
    public void Launch() => Failure.Check(gt_cuda_graph_launch(handle));

    protected override bool ReleaseHandle()
    {
        gt_cuda_graph_release(handle);
        return true;
    }
}
