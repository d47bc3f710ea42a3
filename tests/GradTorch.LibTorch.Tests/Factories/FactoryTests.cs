using System.Numerics;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace GradTorch.LibTorch.Tests.Factories;

public class FactoryTests : IDisposable
{
    private readonly TorchSharp.DisposeScope _scope = NewDisposeScope();

    public void Dispose()
    {
        _scope.Dispose();
        GC.SuppressFinalize(this);
    }

    public static TheoryData<string> Shaped => ["zeros", "ones", "empty", "full", "rand", "randn"];

    private static Tensor[] Overloads(string name, ScalarType? dtype = null) => name switch
    {
        "zeros" => [zeros(2, dtype), zeros(2, 3, dtype), zeros(2, 3, 4, dtype), zeros(2, 3, 4, 5, dtype), zeros(2L, 3, dtype), zeros([2, 3], dtype), zeros(new long[] { 2, 3 }, dtype)],
        "ones" => [ones(2, dtype), ones(2, 3, dtype), ones(2, 3, 4, dtype), ones(2, 3, 4, 5, dtype), ones(2L, 3, dtype), ones([2, 3], dtype), ones(new long[] { 2, 3 }, dtype)],
        "empty" => [empty(2, dtype), empty(2, 3, dtype), empty(2, 3, 4, dtype), empty(2, 3, 4, 5, dtype), empty(2L, 3, dtype), empty([2, 3], dtype), empty(new long[] { 2, 3 }, dtype)],
        "full" => [full(2, 1.5, dtype), full(2, 3, 1.5, dtype), full(2, 3, 4, 1.5, dtype), full(2, 3, 4, 5, 1.5, dtype), full(2L, 3, 1.5, dtype), full([2, 3], 1.5, dtype), full(new long[] { 2, 3 }, 1.5, dtype)],
        "rand" => [rand(2, dtype), rand(2, 3, dtype), rand(2, 3, 4, dtype), rand(2, 3, 4, 5, dtype), rand(2L, 3, dtype), rand([2, 3], dtype), rand(new long[] { 2, 3 }, dtype)],
        _ => [randn(2, dtype), randn(2, 3, dtype), randn(2, 3, 4, dtype), randn(2, 3, 4, 5, dtype), randn(2L, 3, dtype), randn([2, 3], dtype), randn(new long[] { 2, 3 }, dtype)],
    };

    [Theory]
    [MemberData(nameof(Shaped))]
    public void Every_overload_has_its_shape_and_the_default_type(string name)
    {
        long[][] shapes = [[2], [2, 3], [2, 3, 4], [2, 3, 4, 5], [2, 3], [2, 3], [2, 3]];
        Assert.Equal(shapes, Overloads(name).Select(made => made.shape));
        Assert.All(Overloads(name), made => Assert.Equal(ScalarType.Float32, made.dtype));
        Assert.All(Overloads(name, ScalarType.Float64), made => Assert.Equal(ScalarType.Float64, made.dtype));
    }

    [Theory]
    [MemberData(nameof(Shaped))]
    public void The_default_type_can_be_set(string name)
    {
        try
        {
            set_default_dtype(ScalarType.Float64);
            Assert.All(Overloads(name), made => Assert.Equal(ScalarType.Float64, made.dtype));
        }
        finally
        {
            set_default_dtype(ScalarType.Float32);
        }
    }

    [Fact]
    public void Constants_hold_their_value()
    {
        Assert.Equal([0f, 0f], zeros(2).data<float>());
        Assert.Equal([1L, 1L], ones(2, ScalarType.Int64).data<long>());
        Assert.Equal([2.5f, 2.5f], full(2, 2.5).data<float>());
        Assert.Equal(ScalarType.Int64, full(2, 3).dtype);
        Assert.Equal([1f, 0, 0, 0, 1f, 0], eye(2, 3).data<float>());
        Assert.Equal([3, 3], eye(3).shape);
        Assert.Equal([2, 1], empty_strided([2, 2], [1, 2]).T.stride().Select(stride => stride));
    }

    [Fact]
    public void Sequences_choose_their_type_from_their_numbers()
    {
        Assert.Equal([0L, 1, 2], arange(3).data<long>());
        Assert.Equal([1L, 3], arange(1, 5, 2).data<long>());
        Assert.Equal([0.5f, 1f], arange(0.5, 1.25, 0.5).data<float>());
        Assert.Equal([0f, 0.5f, 1f], linspace(0, 1, 3).data<float>());
        Assert.Equal([1d, 10, 100], logspace(0, 2, 3, dtype: ScalarType.Float64).data<double>());
        Assert.Equal([1L, 0], tril_indices(2, 2, -1).data<long>());
    }

    [Fact]
    public void The_same_generator_seed_gives_the_same_numbers()
    {
        Assert.Equal(Draw(7), Draw(7));
        Assert.NotEqual(Draw(7), Draw(8));

        static float[] Draw(ulong seed)
        {
            using var generator = new Generator(seed);
            return [.. rand(3, generator: generator).data<float>(), .. randn(3, generator: generator).data<float>(),
                .. randint(0, 100, [3], ScalarType.Float32, generator: generator).data<float>(), .. randperm(5, ScalarType.Float32, generator: generator).data<float>()];
        }
    }

    [Fact]
    public void Random_integers_stay_in_their_range_and_must_fit_their_type()
    {
        Assert.All(randint(-3, 4, [1000]).data<long>(), value => Assert.InRange(value, -3, 3));
        Assert.Equal(Enumerable.Range(0, 10).Select(i => (long)i), randperm(10).data<long>().Order());
        Assert.Equal(ScalarType.ComplexFloat32, randint(5, [2], ScalarType.ComplexFloat32).dtype);
        Assert.Throws<ArgumentOutOfRangeException>(() => randint(0, 300, [2], ScalarType.Byte));
        Assert.Throws<ArgumentException>(() => rand(2, ScalarType.Int64));
    }

    [Fact]
    public void Likes_and_news_take_type_and_device_from_their_model()
    {
        var model = zeros(2, 3, ScalarType.Float64);
        Assert.All(new[] { ones_like(model), zeros_like(model), empty_like(model), full_like(model, 2), rand_like(model), randn_like(model), randint_like(model, 0, 5) },
            like => Assert.Equal((ScalarType.Float64, 2L, 3L), (like.dtype, like.shape[0], like.shape[1])));
        Assert.All(new[] { model.new_zeros(4), model.new_ones(4), model.new_empty([4]), model.new_full(4, 7) },
            made => Assert.Equal((ScalarType.Float64, 4L), (made.dtype, made.shape[0])));
        Assert.Equal(ScalarType.Int32, ones_like(model, ScalarType.Int32).dtype);
    }

    [Fact]
    public void Writing_into_a_tensor_gives_it_the_new_shape()
    {
        var target = zeros(1);
        Assert.Equal([2, 2], target.ones(2, 2).shape);
        Assert.Equal([1f, 1, 1, 1], target.data<float>());
        Assert.Equal([2f, 2f], target.full([2], 2).data<float>());
        Assert.Equal([0f, 1f, 2f], target.arange_out(0, 3, 1).data<float>());
    }

    [Fact]
    public void Numbers_and_arrays_of_every_rank_become_tensors()
    {
        Assert.Equal((ScalarType.Float32, 0L), (tensor(1f).dtype, tensor(1f).dim()));
        Assert.Equal((ScalarType.Int16, (short)-3), (tensor((short)-3).dtype, tensor((short)-3).item<short>()));
        Assert.Equal((ScalarType.Byte, (byte)200), (tensor((byte)200).dtype, tensor((byte)200).item<byte>()));
        Assert.True(tensor(true).item<bool>());
        Assert.Equal(new Complex(1, 2), tensor(1.0, 2.0).item<Complex>());
        Assert.Equal([1, 2, 3], tensor(new[] { 1, 2, 3 }).data<int>());
        Assert.Equal([1L, 2, 3, 4, 5, 6], tensor(new long[,] { { 1, 2, 3 }, { 4, 5, 6 } }).data<long>());
        Assert.Equal([2, 1, 2], tensor(new double[2, 1, 2]).shape);
        Assert.Equal([1, 2, 1, 3], tensor(new bool[1, 2, 1, 3]).shape);
        Assert.Equal([2, 2], tensor(new List<float> { 1, 2, 3, 4 }, 2, 2).shape);
        Assert.Equal([2, 2], tensor(new float[] { 1, 2, 3, 4 }, (ReadOnlySpan<long>)[2, 2]).shape);
        Assert.Equal((Half)0.5, tensor(new[] { (Half)0.5 }).item<Half>());
        Assert.Equal(ScalarType.Float64, tensor(new[] { 1, 2 }, ScalarType.Float64).dtype);
        Assert.True(tensor(new[] { 1.0 }, requires_grad: true).requires_grad);
    }

    [Fact]
    public void A_tensor_from_an_array_is_a_copy_and_from_array_shares()
    {
        float[] numbers = [1, 2];
        Tensor copy = tensor(numbers), shared = from_array(numbers), asked = as_tensor(numbers), converted = as_tensor(numbers, ScalarType.Float64);
        numbers[0] = 9;
        Assert.Equal(1, copy[0].item<float>());
        Assert.Equal(9, shared[0].item<float>());
        Assert.Equal(9, asked[0].item<float>());
        Assert.Equal(1, converted[0].item<double>());
        Assert.Equal([2, 1], from_array(new int[2, 1]).shape);
        Assert.Equal([2f], frombuffer(numbers, ScalarType.Float32, offset: 1).data<float>());
    }

    [Fact]
    public void A_shared_array_stays_alive_as_long_as_the_tensors_memory()
    {
        var view = View();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Assert.Equal([3, 4], view.data<int>());

        static Tensor View()
        {
            using var whole = from_array(new[] { 1, 2, 3, 4 });
            return whole.narrow(0, 2, 2);
        }
    }

    [Fact]
    public void Faulty_requests_say_so_and_leave_nothing_behind()
    {
        var before = Tensor.TotalCount;
        Assert.Contains("6 vs. 4", Assert.Throws<ArgumentException>(() => tensor(new List<int> { 1, 2, 3, 4 }, 2, 3)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => tensor(new float[4], (ReadOnlySpan<long>)[-1, -4]));
        Assert.Throws<NotSupportedException>(() => from_array(new[] { 'x' }));
        Assert.Throws<NotSupportedException>(() => zeros(2, names: ["rows"]));
        Assert.Throws<IndexOutOfRangeException>(() => frombuffer(new float[2], ScalarType.Float32, count: 3));
        Assert.Throws<ExternalException>(() => zeros(-1));
        Assert.Contains("floating point", Assert.Throws<ExternalException>(() => ones(2, ScalarType.Int64, requires_grad: true)).Message);
        Assert.Throws<ArgumentException>(() => finfo(ScalarType.Int32));
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void Limits_of_types_are_those_of_dotnet()
    {
        Assert.Equal((float.MaxValue, 32, (double)float.BitIncrement(1) - 1), ((float)finfo().max, finfo().bits, finfo().eps));
        Assert.Equal((double.MinValue, double.BitIncrement(1) - 1), (finfo(ScalarType.Float64).min, finfo(ScalarType.Float64).eps));
        Assert.Equal((double)Half.MaxValue, finfo(ScalarType.Float16).max);
    }
}
