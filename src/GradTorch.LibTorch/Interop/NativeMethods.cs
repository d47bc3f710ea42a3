using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>The C interface of <c>libgradtorch_native.so</c> (its sources: <c>Native/</c>). Tensors are handles with one
/// reference each; a negative or null return means that <see cref="gt_last_error"/> has a message.</summary>
internal static unsafe partial class NativeMethods
{
    internal const string Library = "gradtorch_native";

    static NativeMethods() => NativeLibraryLoader.Register();

    // Errors and environment
    [LibraryImport(Library)] internal static partial nint gt_last_error();
    [LibraryImport(Library)] internal static partial nint gt_version_text();
    [LibraryImport(Library)] internal static partial nint gt_show_config();
    [LibraryImport(Library)] internal static partial int gt_get_num_threads();
    [LibraryImport(Library)] internal static partial int gt_set_num_threads(int count);
    [LibraryImport(Library)] internal static partial int gt_get_num_interop_threads();
    [LibraryImport(Library)] internal static partial int gt_set_num_interop_threads(int count);
    [LibraryImport(Library)] internal static partial int gt_set_flush_denormal(int on);

    // Operators
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint gt_operator(string name, string overload);
    [LibraryImport(Library)]
    internal static partial int gt_call(nint op, NativeArgument* arguments, int count, NativeArgument* results, int room);
    [LibraryImport(Library)] internal static partial void gt_free(nint memory);

    // Tensors
    [LibraryImport(Library), SuppressGCTransition] internal static partial void gt_retain(nint handle);
    [LibraryImport(Library)] internal static partial void gt_release(nint handle);
    [LibraryImport(Library), SuppressGCTransition] internal static partial long gt_dim(nint handle);
    [LibraryImport(Library), SuppressGCTransition] internal static partial long gt_numel(nint handle);
    [LibraryImport(Library), SuppressGCTransition] internal static partial int gt_dtype(nint handle);
    [LibraryImport(Library), SuppressGCTransition] internal static partial long gt_itemsize(nint handle);
    [LibraryImport(Library), SuppressGCTransition] internal static partial int gt_device(nint handle, int* index);
    [LibraryImport(Library), SuppressGCTransition] internal static partial int gt_layout(nint handle);
    [LibraryImport(Library)] internal static partial int gt_sizes(nint handle, long* sizes, long* strides);
    [LibraryImport(Library), SuppressGCTransition] internal static partial int gt_is_contiguous(nint handle);
    [LibraryImport(Library)] internal static partial long gt_storage_offset(nint handle);
    [LibraryImport(Library)] internal static partial nint gt_data(nint handle);
    [LibraryImport(Library)] internal static partial long gt_version(nint handle);
    [LibraryImport(Library)] internal static partial nint gt_from_memory(void* data, long* sizes, int dims, int dtype);
    [LibraryImport(Library)]
    internal static partial nint gt_over_memory(void* data, long* sizes, int dims, int dtype,
        delegate* unmanaged<nint, void> deleter, nint context);

    // Autograd
    [LibraryImport(Library)] internal static partial int gt_requires_grad(nint handle);
    [LibraryImport(Library)] internal static partial int gt_set_requires_grad(nint handle, int value);
    [LibraryImport(Library)] internal static partial int gt_is_leaf(nint handle);
    [LibraryImport(Library)] internal static partial int gt_retain_grad(nint handle);
    [LibraryImport(Library)] internal static partial nint gt_get_grad(nint handle);
    [LibraryImport(Library)] internal static partial int gt_set_grad(nint handle, nint gradient);
    [LibraryImport(Library)] internal static partial int gt_grad_fn_name(nint handle, byte* text, int room);
    [LibraryImport(Library)]
    internal static partial int gt_backward(nint* tensors, int count, nint* gradients, int gradientCount,
        int retainGraph, int createGraph, nint* inputs, int inputCount);
    [LibraryImport(Library)]
    internal static partial int gt_grad(nint* outputs, int count, nint* inputs, int inputCount, nint* gradients,
        int gradientCount, int retainGraph, int createGraph, int allowUnused, nint* results);
    [LibraryImport(Library), SuppressGCTransition] internal static partial int gt_grad_mode();
    [LibraryImport(Library), SuppressGCTransition] internal static partial void gt_set_grad_mode(int enabled);
    [LibraryImport(Library), SuppressGCTransition] internal static partial int gt_inference_mode();
    [LibraryImport(Library)] internal static partial nint gt_enter_inference_mode(int enabled);
    [LibraryImport(Library)] internal static partial void gt_leave_inference_mode(nint mode);
    [LibraryImport(Library)] internal static partial int gt_anomaly_mode(int* checkNan);
    [LibraryImport(Library)] internal static partial void gt_set_anomaly_mode(int enabled, int checkNan);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint gt_node_new(long owner, delegate* unmanaged<long, nint*, int, nint*, int, int> backward,
        delegate* unmanaged<long, void> release, string name, nint* inputs, int count, int* executable);
    [LibraryImport(Library)]
    internal static partial int gt_node_wrap(nint node, int executable, int materialize, nint* inputs, int inputCount,
        nint* dirty, int dirtyCount, nint* constant, int constantCount, nint* outputs, int outputCount, nint* results);
    [LibraryImport(Library)] internal static partial int gt_node_save(nint node, nint* tensors, int count);
    [LibraryImport(Library)] internal static partial int gt_node_saved(nint raw, nint* results);
    [LibraryImport(Library)] internal static partial nint gt_node_raw(nint node);
    [LibraryImport(Library)] internal static partial void gt_node_release(nint node);

    // Random numbers
    [LibraryImport(Library)] internal static partial int gt_manual_seed(ulong seed);
    [LibraryImport(Library)] internal static partial nint gt_generator_new(ulong seed, int deviceType, int deviceIndex);
    [LibraryImport(Library)] internal static partial nint gt_generator_default(int deviceType, int deviceIndex);
    [LibraryImport(Library)] internal static partial void gt_generator_release(nint generator);
    [LibraryImport(Library)] internal static partial int gt_generator_set_seed(nint generator, ulong seed);
    [LibraryImport(Library)] internal static partial ulong gt_generator_initial_seed(nint generator);
    [LibraryImport(Library)] internal static partial ulong gt_generator_seed(nint generator);
    [LibraryImport(Library)] internal static partial nint gt_generator_get_state(nint generator);
    [LibraryImport(Library)] internal static partial int gt_generator_set_state(nint generator, nint state);
}
