using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace GradTorch.LibTorch.Tests.Indexing;

public class IndexingErrorTests
{
    [Fact]
    public void Wrong_indices_and_shapes_throw_libtorchs_message_and_leave_nothing_behind()
    {
        using var x = zeros(2, 3);
        using var positions = tensor(new long[] { 0, 5 });
        using var mask = tensor(new[] { true, false, true, true });
        using var four = zeros(4);
        var before = Tensor.TotalCount;
        Fails("index 2 out of range", () => x[2]);
        Fails("index -4 out of range", () => x[1, -4]);
        Fails("too many indices for tensor of dimension 2", () => x[TensorIndex.Colon, 0, TensorIndex.Colon]);
        Fails("", () => x[0, 0, 0]);
        Fails("index 5 is out of bounds", () => x[positions]);
        Fails("mask", () => x[TensorIndex.Colon, TensorIndex.Tensor(mask)]);
        Fails("step must be positive", () => x[TensorIndex.Slice(step: -1)]);
        Fails("must match the size", () => x[1] = four);
        Fails("", () => x[TensorIndex.Colon, TensorIndex.Tensor(positions)] = four);
        Fails("shape '[5]' is invalid for input of size 6", () => x.view(5));
        Fails("Dimension out of range", () => x.transpose(0, 2));
        Fails("Sizes of tensors must match", () => cat([x, four.unsqueeze(0)]));
        Fails("mat1 and mat2 shapes cannot be multiplied", () => x.mm(x));
        Fails("not positive", () => linalg.cholesky(zeros(2, 2)));
        Fails("singular", () => linalg.inv(zeros(2, 2)));
        Assert.Throws<ArgumentException>(() => cat(new List<Tensor>()));
        Assert.Throws<ArgumentException>(() => x.index_add(0, four, x, 1));
        Assert.Throws<ArgumentException>(() => x.masked_select(x));
        Assert.Throws<ArgumentException>(() => x.unflatten(2, 1, 1));
        Assert.Throws<ArgumentException>(() => four.trace());
        Assert.Throws<InvalidOperationException>(() => (Tensor)TensorIndex.None);
        Assert.Equal(before, Tensor.TotalCount);

        // The operands made inside a failing call belong to a scope, and go with it.
        static void Fails(string message, Func<Tensor> call)
        {
            using var scope = NewDisposeScope();
            Assert.Contains(message, Assert.Throws<ExternalException>(call).Message);
        }
    }

    [Fact]
    public void A_disposed_tensor_or_index_throws()
    {
        using var x = zeros(3);
        var gone = zeros(3, ScalarType.Int64);
        gone.Dispose();
        Assert.Throws<InvalidOperationException>(() => gone[0]);
        Assert.Throws<InvalidOperationException>(() => x[gone]);
        Assert.Throws<InvalidOperationException>(() => gone.reshape(1, 3));
        Assert.Throws<InvalidOperationException>(() => cat([x, gone]));
        Assert.Equal("", gone.ToString());
    }

    [Fact]
    public void Reading_by_positions_and_slices_is_a_view_by_tensors_a_copy()
    {
        using var scope = NewDisposeScope();
        var x = zeros(2, 3);
        x[1][2] = tensor(5f);
        x[TensorIndex.Colon, ..2][0, 0] = tensor(7f);
        x[tensor(new long[] { 0 })][0] = ones(3);
        Assert.Equal([7f, 0, 0, 0, 0, 5f], x.data<float>());
    }

    [Fact]
    public void Indexing_leaves_only_its_result_behind()
    {
        using var x = rand(4, 5, 6);
        using var positions = tensor(new long[] { 1, 3 });
        using var value = ones(1, 1, 4, 1);
        var before = Tensor.TotalCount;
        x[1, 2, 3].Dispose();
        x[1.., TensorIndex.None, TensorIndex.Tensor(positions), TensorIndex.Bool(true)].Dispose();
        x[.., TensorIndex.Tensor(positions), 0] = value;
        Assert.Equal(before, Tensor.TotalCount);
    }
}
