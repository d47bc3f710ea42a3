using System.Collections;
using static TorchSharp.Interop.NativeMethods;
using static TorchSharp.torch;

namespace TorchSharp.Utils;

/// <summary>The elements of a CPU tensor, in row-major order whatever its strides.</summary>
public sealed unsafe class TensorAccessor<T> : IDisposable, IEnumerable<T> where T : unmanaged
{
    private readonly long[] _sizes;
    private readonly long[] _strides;
    private readonly T* _start;
    private readonly bool _owned;
    private Tensor? _tensor;

    /// <param name="owned">The accessor disposes the tensor when it is disposed itself.</param>
    internal TensorAccessor(Tensor tensor, bool owned = false)
    {
        if (tensor.device_type != DeviceType.CPU)
            throw new InvalidOperationException("Reading data from non-CPU memory is not supported. Move or copy the tensor to the cpu before reading.");
        (_tensor, _owned) = (tensor, owned);
        _sizes = tensor.shape;
        _strides = tensor.is_sparse ? throw new InvalidOperationException("A sparse tensor has no strided memory.") : tensor.stride();
        Count = tensor.NumberOfElements;
        _start = Count == 0 ? null : (T*)Interop.Failure.Check(gt_data(tensor.Handle));
        IsContiguous = tensor.is_contiguous();
    }

    public long Count { get; }

    public bool IsReadOnly => false;

    private bool IsContiguous { get; }

    /// <param name="indices">One index for each dimension, or a single one into the elements in row-major order.</param>
    public T this[params long[] indices]
    {
        get => *At(indices);
        set => *At(indices) = value;
    }

    public T[] ToArray()
    {
        var array = new T[checked((int)Count)];
        CopyTo(array);
        return array;
    }

    public Array ToNDArray()
    {
        if (_sizes.Length == 0) return ToArray();
        var array = Array.CreateInstance(typeof(T), _sizes);
        var indices = new long[_sizes.Length];
        for (long flat = 0; flat < Count; flat++)
        {
            Unravel(flat, indices);
            array.SetValue(*Flat(flat), indices);
        }
        return array;
    }

    public void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyTo(array.AsSpan(), arrayIndex, tensorIndex);

    public void CopyTo(Span<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        var count = checked((int)Math.Min(Count - tensorIndex, array.Length - arrayIndex));
        if (IsContiguous)
        {
            if (count > 0) new ReadOnlySpan<T>(Start + tensorIndex, count).CopyTo(array[arrayIndex..]);
            return;
        }
        for (var i = 0; i < count; i++) array[arrayIndex + i] = *Flat(tensorIndex + i);
    }

    public void CopyFrom(T[] array, int arrayIndex = 0, long tensorIndex = 0) =>
        CopyFrom((ReadOnlySpan<T>)array, arrayIndex, tensorIndex);

    public void CopyFrom(ReadOnlySpan<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        var count = checked((int)Math.Min(Count - tensorIndex, array.Length - arrayIndex));
        for (var i = 0; i < count; i++) *Flat(tensorIndex + i) = array[arrayIndex + i];
    }

    public IEnumerator<T> GetEnumerator()
    {
        for (long flat = 0; flat < Count; flat++) yield return Read(flat);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public void Dispose()
    {
        if (_owned) _tensor?.Dispose();
        _tensor = null;
    }

    private T Read(long flat) => *Flat(flat);

    private T* At(long[] indices)
    {
        if (indices.Length == 1 && _sizes.Length != 1) return Flat(indices[0]);
        if (indices.Length != _sizes.Length)
            throw new ArgumentException($"expected {_sizes.Length} indices, got {indices.Length}");
        long offset = 0;
        for (var i = 0; i < indices.Length; i++)
        {
            if (indices[i] < 0 || indices[i] >= _sizes[i]) throw new IndexOutOfRangeException($"index {indices[i]} in dimension {i} of size {_sizes[i]}");
            offset += indices[i] * _strides[i];
        }
        return Start + offset;
    }

    private T* Flat(long flat)
    {
        if (flat < 0 || flat >= Count) throw new IndexOutOfRangeException($"index {flat} of {Count} elements");
        if (IsContiguous) return Start + flat;
        long offset = 0;
        for (var dim = _sizes.Length - 1; dim >= 0; dim--)
        {
            offset += flat % _sizes[dim] * _strides[dim];
            flat /= _sizes[dim];
        }
        return Start + offset;
    }

    /// <summary>The memory goes with the tensor: an accessor that outlives it throws instead of reading freed memory.
    /// </summary>
    private T* Start => _tensor is null or { IsInvalid: true } ? throw new ObjectDisposedException(nameof(TensorAccessor<T>)) : _start;

    private void Unravel(long flat, long[] indices)
    {
        for (var dim = _sizes.Length - 1; dim >= 0; dim--)
        {
            indices[dim] = flat % _sizes[dim];
            flat /= _sizes[dim];
        }
    }
}
