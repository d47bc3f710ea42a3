using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Parameters and buffers of the library's modules before they have a value. Element type and device default to
/// the process's defaults.</summary>
internal static class NewParameter
{
    internal static Parameter Empty(long[] shape, ScalarType? dtype, Device? device) =>
        new(EmptyTensor(shape, dtype ?? get_default_dtype(), device));

    internal static Tensor EmptyTensor(long[] shape, ScalarType dtype, Device? device) =>
        Aten.Call("empty.memory_format", shape, dtype, Argument.None, InitializeDevice(device));
}
