#if TORCH_SYSTEM
using System.Runtime.InteropServices;
using GradTorch.LibTorch;
using static TorchSharp.torch;

namespace GradTorch.Backends;

/// <summary>Repeated work as a CUDA graph: done as it stands a few times, so that all it needs is made, then recorded, then launched as
/// a whole. What can't be recorded goes on as it stands.</summary>
/// <param name="memory">Of this and of other work, of which one is done at a time.</param>
internal sealed class GraphedWork(Action work, Device device, Lazy<CudaGraphMemory> memory) : RepeatedWork(work)
{
    /// <summary>The first allocates what is kept, the second runs with it; one more, as PyTorch advises.</summary>
    private const int Rehearsals = 3;

    private readonly Action _work = work;
    private CudaGraph? _graph;
    private int _done;

    public override void Do()
    {
        if (_graph is null && Refusal is null && _done++ == Rehearsals) Record();
        if (_graph is not null) _graph.Launch();
        else base.Do();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _graph?.Dispose();
        base.Dispose(disposing);
    }

    private void Record()
    {
        try
        {
            _graph = CudaGraph.Record(device, memory.Value, _work);
        }
        catch (ExternalException exception)
        {
            Refusal = exception.Message;
        }
    }
}
#endif
