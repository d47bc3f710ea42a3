using System.Runtime.InteropServices;
using GradTorch.Backends;
using GradTorch.Gradients;
using GradTorch.Models;
using GradTorch.Tests.Oracles;
using TorchSharp;
using static TorchSharp.torch;

namespace GradTorch.Tests.Backends;

public sealed class AffineTests : IDisposable
{
    private const int Batch = 4, Inputs = 3, Outputs = 5;

    private readonly DisposeScope scope = NewDisposeScope();

    public static TheoryData<string, int> Members => BackendNames.With(1, 3);

    public static TheoryData<int, int, int> Sizes => new()
    {
        { 1, 1, 1 }, { 2, 3, 7 }, { 5, 31, 8 }, { 6, 32, 15 }, { 7, 33, 16 }, { 11, 64, 17 }, { 12, 65, 24 }, { 13, 70, 31 },
        { 14, 130, 32 }, { 24, 200, 33 }, { 31, 16, 40 }, { 32, 784, 10 }, { 50, 100, 64 }, { 128, 64, 64 }, { 129, 129, 130 },
    };

    public static TheoryData<string, string> WrongShapes => BackendNames.With("features", "members", "bias", "precision");

    public void Dispose() => scope.Dispose();

    [Theory]
    [MemberData(nameof(Members))]
    public void Forward_is_x_W_plus_b(string backend, int members)
    {
        var map = new Map(members);
        using var off = no_grad();
        var z = BackendNames.Create(backend).Affine(map.Input, map.Weight, map.Bias);
        Assert.Equal([members, Batch, Outputs], z.shape);
        Arrays.AssertClose(map.Oracle.Forward(map.X, map.W, map.B), HostCopy.Doubles(z), 1e-13, 1e-14);
    }

    [Theory]
    [MemberData(nameof(Members))]
    public void Gradients_are_those_of_finite_differences_and_are_added_to_what_is_there(string backend, int members)
    {
        var map = new Map(members);
        map.Input.requires_grad_();
        var upstream = Arrays.Normal(9, members * Batch * Outputs);
        Backward(backend, map, upstream);

        double Loss(double[] x, double[] w, double[] b) =>
            map.Oracle.Forward(x, w, b).Zip(upstream, (z, c) => z * c).Sum();
        AssertSum(FiniteDifferences.Gradient(x => Loss(x, map.W, map.B), map.X), before: 0, map.Input.grad!);
        AssertSum(FiniteDifferences.Gradient(w => Loss(map.X, w, map.B), map.W), before: 2, map.Weight.grad!);
        AssertSum(FiniteDifferences.Gradient(b => Loss(map.X, map.W, b), map.B), before: 3, map.Bias.grad!);
    }

    /// <summary>Around the sizes at which products are cut: rows and columns that fill registers or not, inner sizes in one piece or more,
    /// and what is left to the BLAS library.</summary>
    [Theory]
    [MemberData(nameof(Sizes))]
    public void Every_size_has_the_products_of_matmul(int batch, int inputs, int outputs)
    {
        foreach (var (dtype, tolerance) in ((ScalarType, double)[])[(float32, 2e-5), (float64, 1e-12)])
        {
            using var inner = NewDisposeScope();
            Tensor Normal(ulong seed, params long[] shape) =>
                Arrays.Normal((int)seed, (int)shape.Aggregate(1L, (a, b) => a * b)).ToTensor(float64, shape).to(dtype);
            var (x, weight, bias, upstream) = (
                Normal(1, 2, batch, inputs).requires_grad_(), Normal(2, 2, inputs, outputs).requires_grad_(),
                Normal(3, 2, 1, outputs).requires_grad_(), Normal(4, 2, batch, outputs));
            (weight.grad, bias.grad) = (full_like(weight.detach(), 2), full_like(bias.detach(), 3));

            var z = TorchBackend.Current.Affine(x, weight, bias);
            z.backward([upstream]);

            void AssertClose(Tensor expected, Tensor actual) =>
                Arrays.AssertClose(HostCopy.Doubles(expected), HostCopy.Doubles(actual.to(float64)), tolerance, tolerance * Math.Sqrt(inputs + batch + outputs));
            using var off = no_grad();
            var (x64, weight64, upstream64) = (x.to(float64), weight.to(float64), upstream.to(float64));
            AssertClose(matmul(x64, weight64) + bias.to(float64), z);
            AssertClose(matmul(upstream64, weight64.transpose(1, 2)), x.grad!);
            AssertClose(matmul(x64.transpose(1, 2), upstream64) + 2, weight.grad!);
            AssertClose(upstream64.sum(1, keepdim: true) + 3, bias.grad!);
        }
    }

    [Theory]
    [InlineData(0, 3, 5)]
    [InlineData(4, 0, 5)]
    public void An_empty_batch_or_no_inputs_are_sums_of_nothing(int batch, int inputs, int outputs)
    {
        using var off = no_grad();
        var z = TorchBackend.Current.Affine(ones([2, batch, inputs]), ones([2, inputs, outputs]), full([2, 1, outputs], 7.0));
        Assert.Equal([2, batch, outputs], z.shape);
        Assert.All(HostCopy.Doubles(z), number => Assert.Equal(inputs + 7, number));
    }

    [Fact]
    public void Inputs_that_lie_apart_give_the_bits_of_those_in_one_piece()
    {
        using var off = no_grad();
        var map = new Map(3);
        var apart = map.Input.transpose(1, 2).contiguous().transpose(1, 2);
        Assert.False(apart.is_contiguous());
        Assert.Equal(
            HostCopy.Doubles(TorchBackend.Current.Affine(map.Input, map.Weight, map.Bias)),
            HostCopy.Doubles(TorchBackend.Current.Affine(apart, map.Weight, map.Bias)));
    }

    /// <summary>As the members of one tensor of all gradients have them.</summary>
    [Theory]
    [MemberData(nameof(Members))]
    public void Strided_gradients_have_the_bits_of_those_in_one_piece(string backend, int members)
    {
        var upstream = Arrays.Normal(9, members * Batch * Outputs);
        foreach (var first in (bool[])[false, true])
        {
            var (whole, strided) = (new Map(members), new Map(members));
            var all = full([members, Inputs * Outputs + Outputs], 2.0, float64);
            strided.Weight.grad = EnsembleParameters.View(all, 0, Inputs, Outputs);
            strided.Bias.grad = EnsembleParameters.View(all, Inputs * Outputs, 1, Outputs).fill_(3);
            foreach (var map in (Map[])[whole, strided])
            {
                map.Input.requires_grad_(!first);
                Backward(backend, map, upstream);
            }
            Assert.Equal(HostCopy.Doubles(whole.Weight.grad!), HostCopy.Doubles(strided.Weight.grad!));
            Assert.Equal(HostCopy.Doubles(whole.Bias.grad!), HostCopy.Doubles(strided.Bias.grad!));
            if (!first) Assert.Equal(HostCopy.Doubles(whole.Input.grad!), HostCopy.Doubles(strided.Input.grad!));
        }
    }

    [Theory]
    [MemberData(nameof(Members))]
    public void A_first_layer_has_gradients_although_its_input_has_none(string backend, int members)
    {
        var (first, inner) = (new Map(members), new Map(members));
        inner.Input.requires_grad_();
        var upstream = Arrays.Normal(9, members * Batch * Outputs);
        Backward(backend, first, upstream);
        Backward(backend, inner, upstream);
        Assert.Null(first.Input.grad);
        Assert.Equal(HostCopy.Doubles(inner.Weight.grad!), HostCopy.Doubles(first.Weight.grad!));
        Assert.Equal(HostCopy.Doubles(inner.Bias.grad!), HostCopy.Doubles(first.Bias.grad!));
    }

    [TheoryWithBinding]
    [InlineData(5)]
    public void The_number_of_threads_changes_no_bit(int members) => Threads.AssertTheSame(() =>
    {
        var map = new Map(members);
        map.Input.requires_grad_();
        Backward("LibTorchBackend", map, Arrays.Normal(9, members * Batch * Outputs));
        return [.. new[] { map.Input.grad!, map.Weight.grad!, map.Bias.grad! }.SelectMany(HostCopy.Doubles)];
    });

    [Theory]
    [MemberData(nameof(WrongShapes))]
    public void What_does_not_fit_is_refused_and_leaks_nothing(string backend, string wrong)
    {
        var map = new Map(3);
        // What earlier tests left to the finalizer would be counted before and not after.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var before = Tensor.TotalCount;
        using (NewDisposeScope())
        {
            var (x, bias) = wrong switch
            {
                "features" => (zeros([3, Batch, Inputs + 1], float64), map.Bias),
                "members" => (zeros([2, Batch, Inputs], float64), map.Bias),
                "bias" => (map.Input, zeros([3, 1, Outputs - 1], float64)),
                _ => (zeros([3, Batch, Inputs], float32), map.Bias),
            };
            Assert.Throws<ExternalException>(() => BackendNames.Create(backend).Affine(x, map.Weight, bias));
        }
        Assert.Equal(before, Tensor.TotalCount);
    }

    private static void Backward(string backend, Map map, double[] upstream)
    {
        var z = BackendNames.Create(backend).Affine(map.Input, map.Weight, map.Bias);
        (z * upstream.ToTensor(float64, z.shape)).sum().backward();
    }

    private static void AssertSum(double[] gradient, double before, Tensor actual) =>
        Arrays.AssertClose([.. gradient.Select(element => element + before)], HostCopy.Doubles(actual), 1e-9, 1e-9);

    /// <summary>A linear map whose weight gradients are 2 and bias gradients 3 before backward.</summary>
    private sealed class Map
    {
        public Map(int members)
        {
            Oracle = new AffineOracle(members, Batch, Inputs, Outputs);
            X = Arrays.Normal(1, members * Batch * Inputs);
            W = Arrays.Normal(2, members * Inputs * Outputs);
            B = Arrays.Normal(3, members * Outputs);
            Input = X.ToTensor(float64, members, Batch, Inputs);
            Weight = W.ToTensor(float64, members, Inputs, Outputs).requires_grad_();
            Bias = B.ToTensor(float64, members, 1, Outputs).requires_grad_();
            Weight.grad = full_like(Weight.detach(), 2);
            Bias.grad = full_like(Bias.detach(), 3);
        }

        public AffineOracle Oracle { get; }

        public double[] X { get; }

        public double[] W { get; }

        public double[] B { get; }

        public Tensor Input { get; }

        public Tensor Weight { get; }

        public Tensor Bias { get; }
    }
}
