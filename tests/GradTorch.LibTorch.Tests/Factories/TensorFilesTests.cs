using System.Collections;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace GradTorch.LibTorch.Tests.Factories;

public class TensorFilesTests
{
    [Fact]
    public void The_format_is_TorchSharps()
    {
        using var scope = NewDisposeScope();
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        zeros(200, 2, ScalarType.Int16).T.Save(writer);
        // Int16 is type 2; two dimensions, of 2 and of 200 = 0x48 + 1·2⁷.
        Assert.Equal([2, 2, 2, 0xC8, 1], stream.ToArray()[..5]);
        Assert.Equal(5 + 800, stream.Length);
    }

    [Fact]
    public void What_is_saved_loads_into_a_new_or_an_existing_tensor()
    {
        using var scope = NewDisposeScope();
        var original = rand(3, 4);
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        for (var i = 0; i < 3; i++) original.Save(writer);
        stream.Position = 0;
        using var reader = new BinaryReader(stream);
        Assert.True(original.Equals(Tensor.Load(reader)));
        var parameter = zeros(4, 3, requires_grad: true);
        parameter.Load(reader, skip: true);
        using (no_grad()) parameter.T.Load(reader);
        Assert.True(original.Equals(parameter.detach().T));
        Assert.Equal(stream.Length, stream.Position);
    }

    [Fact]
    public void Files_that_end_early_or_hold_something_else_are_refused()
    {
        using var scope = NewDisposeScope();
        byte[] bytes;
        using (var stream = new MemoryStream())
        {
            zeros(3).Save(stream);
            bytes = stream.ToArray();
        }
        Assert.Throws<EndOfStreamException>(() => Tensor.Load(new MemoryStream(bytes[..^1])));
        Assert.Throws<ArgumentException>(() => zeros(4).Load(new BinaryReader(new MemoryStream(bytes))));
        Assert.Throws<ArgumentException>(() => zeros(3, ScalarType.Float64).Load(new BinaryReader(new MemoryStream(bytes))));
        Assert.Throws<FileNotFoundException>(() => Tensor.Load("no such file"));
        Assert.Throws<InvalidOperationException>(() => zeros(2, 3).T.WriteBytesToStream(Stream.Null));
    }

    [Fact]
    public void Elements_are_read_one_by_one_and_as_lists()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[,] { { 1, 2, 3 }, { 4, 5, 6 } }).T;
        Assert.Equal(4, x.ReadCpuInt32(1));
        Assert.Throws<IndexOutOfRangeException>(() => x.ReadCpuInt32(6));
        Assert.Throws<ArgumentException>(() => x.ReadCpuSingle(0));
        Assert.Equal([1, 4], ((ArrayList)((ArrayList)x.tolist())[0]!).Cast<TorchSharp.Scalar>().Select(scalar => scalar.ToInt32()));
        Assert.Equal(0.5f, tensor(new[] { (Half)0.5f }).ReadCpuFloat16(0));
    }

    [Fact]
    public void Numbers_and_arrays_convert_both_ways()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(ScalarType.Float64, 2.5.ToTensor().dtype);
        Assert.Equal(2.5, 2.5.ToTensor(requires_grad: true).ToDouble());
        Assert.Equal([2, 2], new[] { 1, 2, 3, 4 }.ToTensor([2, 2]).shape);
        Assert.Equal(7, tensor(7L).ToInt32());
        Assert.Throws<ArgumentException>(() => 3.ToTensor(requires_grad: true));
        Assert.Throws<NotSupportedException>(() => 'x'.ToTensor());
        Assert.Throws<ExternalException>(() => zeros(2).ToDouble());
    }
}
