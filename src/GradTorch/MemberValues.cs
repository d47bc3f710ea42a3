using TorchSharp;
using static TorchSharp.torch;

namespace GradTorch;

/// <summary>A number for each member, such as the learning rates or the slopes of an ensemble.</summary>
public sealed class MemberValues : IDisposable
{
    private readonly Dictionary<(ScalarType, string, int), Tensor> _tensors = [];

    /// <param name="values">At least one.</param>
    public MemberValues(IReadOnlyList<double> values)
    {
        if (values.Count == 0) throw new ArgumentException("an ensemble has at least one member", nameof(values));
        All = [.. values];
        IsUniform = All.All(value => value == All[0]);
    }

    /// <summary>The same number for every member.</summary>
    public static MemberValues Uniform(double value, int members) => new([.. Enumerable.Repeat(value, members)]);

    /// <summary>Member by member.</summary>
    public IReadOnlyList<double> All { get; }

    /// <summary>All members have the same number: <see cref="First"/> stands for all, and no tensor is needed.</summary>
    public bool IsUniform { get; }

    public double First => All[0];

    /// <summary>A member's number. One number alone is that of every member.</summary>
    public double this[int member] => IsUniform ? First : All[member];

    /// <returns>(S, 1, …, 1) with the type, the device and as many dimensions as a tensor (S, …). It belongs to this object,
    /// which makes it once: don't dispose of it.</returns>
    public Tensor Like(Tensor tensor)
    {
        var dimensions = (int)tensor.dim();
        var key = (tensor.dtype, tensor.device.ToString(), dimensions);
        if (_tensors.TryGetValue(key, out var made)) return made;
        long[] shape = [All.Count, .. Enumerable.Repeat(1L, dimensions - 1)];
        using var scope = NewDisposeScope();
        made = torch.tensor(All.ToArray(), tensor.dtype, tensor.device).reshape(shape).DetachFromDisposeScope();
        _tensors.Add(key, made);
        return made;
    }

    /// <returns>Each member's part of a tensor (S, …) times its number: a new tensor.</returns>
    public Tensor Times(Tensor tensor) => IsUniform ? tensor * First : tensor * Like(tensor);

    /// <returns>Each member's part of a tensor (S, …) plus its number: a new tensor.</returns>
    public Tensor Plus(Tensor tensor) => IsUniform ? tensor + First : tensor + Like(tensor);

    public void Dispose()
    {
        foreach (var tensor in _tensors.Values) tensor.Dispose();
        _tensors.Clear();
    }
}
