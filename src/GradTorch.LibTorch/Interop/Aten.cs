using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using static TorchSharp.Interop.NativeMethods;
using static TorchSharp.torch;

namespace TorchSharp.Interop;

/// <summary>Calls ATen operators through libtorch's dispatcher: by name and overload ("sum.dim_IntList"), with arguments
/// in the order of the schema; trailing ones that are missing take the schema's defaults.</summary>
internal static unsafe class Aten
{
    private const int MostResults = 8;
    private const int ScratchOnStack = 96;

    private static readonly ConcurrentDictionary<string, nint> Operators = new(StringComparer.Ordinal);

    /// <summary>The operator's single tensor.</summary>
    internal static Tensor Call(string name, params ReadOnlySpan<Argument> arguments)
    {
        var results = stackalloc NativeArgument[MostResults];
        Expect(name, 1, Invoke(name, arguments, results));
        return Take(results[0]);
    }

    internal static (Tensor, Tensor) Call2(string name, params ReadOnlySpan<Argument> arguments)
    {
        var results = stackalloc NativeArgument[MostResults];
        Expect(name, 2, Invoke(name, arguments, results));
        return (Take(results[0]), Take(results[1]));
    }

    internal static (Tensor, Tensor, Tensor) Call3(string name, params ReadOnlySpan<Argument> arguments)
    {
        var results = stackalloc NativeArgument[MostResults];
        Expect(name, 3, Invoke(name, arguments, results));
        return (Take(results[0]), Take(results[1]), Take(results[2]));
    }

    internal static (Tensor, Tensor, Tensor, Tensor) Call4(string name, params ReadOnlySpan<Argument> arguments)
    {
        var results = stackalloc NativeArgument[MostResults];
        Expect(name, 4, Invoke(name, arguments, results));
        return (Take(results[0]), Take(results[1]), Take(results[2]), Take(results[3]));
    }

    /// <summary>The tensors of an operator that returns a list.</summary>
    internal static Tensor[] CallList(string name, params ReadOnlySpan<Argument> arguments)
    {
        var results = stackalloc NativeArgument[MostResults];
        Expect(name, 1, Invoke(name, arguments, results));
        var handles = new ReadOnlySpan<nint>((void*)results[0].Pointer, results[0].Count);
        var tensors = new Tensor[handles.Length];
        for (var i = 0; i < tensors.Length; i++) tensors[i] = new Tensor(handles[i]);
        gt_free(results[0].Pointer);
        return tensors;
    }

    /// <summary>An operator in place, or with results that nobody needs as new tensors: returns <paramref name="self"/>.
    /// </summary>
    internal static Tensor CallInto(Tensor self, string name, params ReadOnlySpan<Argument> arguments)
    {
        var results = stackalloc NativeArgument[MostResults];
        var count = Invoke(name, arguments, results);
        for (var i = 0; i < count; i++)
        {
            if (results[i].Tag == ArgumentTag.Tensor && results[i].Pointer != 0) gt_release(results[i].Pointer);
        }
        return self;
    }

    internal static bool CallBool(string name, params ReadOnlySpan<Argument> arguments)
    {
        var results = stackalloc NativeArgument[MostResults];
        Expect(name, 1, Invoke(name, arguments, results));
        return results[0].Integer != 0;
    }

    /// <summary>An operator that returns a number, as <c>aten::item</c>.</summary>
    internal static Scalar CallScalar(string name, params ReadOnlySpan<Argument> arguments)
    {
        var results = stackalloc NativeArgument[MostResults];
        Expect(name, 1, Invoke(name, arguments, results));
        return results[0].Tag switch
        {
            ArgumentTag.Int => results[0].Integer,
            ArgumentTag.Bool => results[0].Integer != 0,
            _ => results[0].Real,
        };
    }

    private static Tensor Take(in NativeArgument result) =>
        result.Pointer == 0 ? throw new InvalidOperationException("the operator returned no tensor") : new Tensor(result.Pointer);

    private static void Expect(string name, int expected, int returned)
    {
        if (returned != expected)
            throw new InvalidOperationException($"aten::{name} returned {returned} values where {expected} were expected");
    }

    private static nint Find(string name) => Operators.GetOrAdd(name, static full =>
    {
        var dot = full.IndexOf('.', StringComparison.Ordinal);
        var (op, overload) = dot < 0 ? (full, "") : (full[..dot], full[(dot + 1)..]);
        return Failure.Check(gt_operator("aten::" + op, overload));
    });

    [SkipLocalsInit]
    private static int Invoke(string name, ReadOnlySpan<Argument> arguments, NativeArgument* results)
    {
        var op = Find(name);
        var words = ScratchWords(arguments);
        Span<long> scratch = words <= ScratchOnStack ? stackalloc long[ScratchOnStack] : new long[words];
        var native = stackalloc NativeArgument[arguments.Length];
        fixed (long* start = scratch)
        {
            var free = start;
            for (var i = 0; i < arguments.Length; i++) free += Write(arguments[i], ref native[i], free);
            var returned = gt_call(op, native, arguments.Length, results, MostResults);
            if (returned < 0) throw Failure.Last();
            return returned;
        }
    }

    private static int ScratchWords(ReadOnlySpan<Argument> arguments)
    {
        var words = 0;
        foreach (ref readonly var argument in arguments)
        {
            words += argument.Tag switch
            {
                ArgumentTag.IntList or ArgumentTag.DoubleList or ArgumentTag.TensorList or ArgumentTag.BoolList =>
                    ((Array)argument.Reference!).Length,
                ArgumentTag.String => Encoding.UTF8.GetMaxByteCount(((string)argument.Reference!).Length) / sizeof(long) + 1,
                ArgumentTag.Complex => 2,
                _ => 0,
            };
        }
        return words;
    }

    /// <summary>Writes one argument, its list into the scratch memory; returns the words used there.</summary>
    private static int Write(in Argument argument, ref NativeArgument native, long* scratch)
    {
        native.Tag = argument.Tag;
        native.Integer = argument.Bits;
        native.Count = argument.Index;
        switch (argument.Tag)
        {
            case ArgumentTag.Tensor:
                native.Pointer = ((Tensor)argument.Reference!).Handle;
                return 0;
            case ArgumentTag.Generator:
                native.Pointer = ((Generator)argument.Reference!).Handle;
                return 0;
            case ArgumentTag.IntList:
                return WriteList(MemoryMarshal.AsBytes<long>((long[])argument.Reference!), sizeof(long), ref native, scratch);
            case ArgumentTag.DoubleList or ArgumentTag.Complex:
                return WriteList(MemoryMarshal.AsBytes<double>((double[])argument.Reference!), sizeof(double), ref native, scratch);
            case ArgumentTag.BoolList:
                return WriteList(MemoryMarshal.AsBytes<bool>((bool[])argument.Reference!), sizeof(bool), ref native, scratch);
            case ArgumentTag.TensorList:
                var tensors = (Tensor?[])argument.Reference!;
                for (var i = 0; i < tensors.Length; i++) scratch[i] = tensors[i]?.Handle ?? 0;
                native.Pointer = (nint)scratch;
                native.Count = tensors.Length;
                return tensors.Length;
            case ArgumentTag.String:
                var text = Encoding.UTF8.GetBytes((string)argument.Reference!);
                return WriteList(text, 1, ref native, scratch);
            default:
                return 0;
        }
    }

    private static int WriteList(ReadOnlySpan<byte> bytes, int elementSize, ref NativeArgument native, long* scratch)
    {
        bytes.CopyTo(new Span<byte>(scratch, bytes.Length));
        native.Pointer = (nint)scratch;
        native.Count = bytes.Length / elementSize;
        return (bytes.Length + sizeof(long) - 1) / sizeof(long);
    }
}
