using System.Text.Json;
using GradTorch.Configuration;
using GradTorch.Gradients;
using GradTorch.Models;
using GradTorch.Tests.Backends;
using GradTorch.Tests.Fixtures;
using GradTorch.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace GradTorch.Tests.Training;

public sealed class OptimizerTests : IDisposable
{
    private static readonly JsonElement Document = PyTorchFixture.Read("ensemble_optimizers.json");
    private static readonly double[] Rates = [.. Document.GetProperty("rates").EnumerateArray().Select(rate => rate.GetDouble())];
    private static readonly int Steps = Document.Int("steps"), Count = Document.Int("parameters");
    private static readonly float[] Start = Document.GetProperty("start").Array<float>();
    private static readonly float[] Gradients = Document.GetProperty("gradients").Array<float>();

    private readonly DisposeScope scope = NewDisposeScope();

    public static TheoryData<string, string> Cases =>
        BackendNames.With(Document.GetProperty("cases").EnumerateArray().Select(element => element.Text("name")));

    public void Dispose() => scope.Dispose();

    [Fact]
    public void Every_optimiser_of_the_registry_is_compared() =>
        Assert.Empty(OptimizerRegistry.Names.Except(
            Document.GetProperty("cases").EnumerateArray().Select(element => element.Text("kind"))));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Fifty_steps_lead_where_those_of_PyTorch_lead(string backend, string name)
    {
        foreach (var (dtype, precision, relative) in ((ScalarType, string, double)[])[(float32, "float32", 1e-6), (float64, "float64", 1e-12)])
        {
            using var training = new Session(name, backend, dtype);
            var expected = training.Case.GetProperty("weights").GetProperty(precision).Array<double>().Chunk(Start.Length).ToArray();
            var kept = Document.GetProperty("keptSteps").EnumerateArray().Select(step => step.GetInt32()).ToArray();
            var alive = ones([Rates.Length], ScalarType.Bool);
            for (var step = 1; step <= Steps; step++)
            {
                training.Step(step, alive);
                // Float32 rounds a weight of 1 by 6e-8 at every step.
                if (Array.IndexOf(kept, step) is var place and >= 0)
                    Arrays.AssertClose(expected[place], training.Weights, relative, absolute: relative);
            }
        }
    }

    /// <summary>float32(1) − float32(0.999) is 1.3e-5 too small: the first steps were as much too long.</summary>
    [Theory]
    [MemberData(nameof(BackendNames.Theory), MemberType = typeof(BackendNames))]
    public void The_first_step_of_Adam_in_float32_is_the_learning_rate(string backend)
    {
        // From zero, so that the weight holds every digit of its update: m̂/√v̂ = ±1.
        var (weight, gradient) = (zeros([1, 4], float32), tensor(new float[] { 1, -2, 3e-3f, 1e3f }).reshape(1, 4));
        BackendNames.Create(backend).AdamStep(
            weight, gradient, zeros_like(weight), zeros_like(weight), tensor(new[] { 0.01 }), ones([1], ScalarType.Bool), ones([1], int64), 0.9, 0.999, 1e-12, 0);
        Arrays.AssertClose([-0.01, 0.01, -0.01, -0.01], HostCopy.Doubles(weight), 1e-6);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_dead_member_stays_as_it_is_and_the_others_go_on(string backend, string name)
    {
        using var whole = new Session(name, backend, float32);
        using var partial = new Session(name, backend, float32);
        var (all, some) = (ones([3], ScalarType.Bool), tensor(new[] { true, false, true }));
        for (var step = 1; step <= 3; step++)
        {
            whole.Step(step, all);
            partial.Step(step, all);
        }
        var before = partial.Weights;
        for (var step = 4; step <= 10; step++)
        {
            whole.Step(step, all);
            partial.Step(step, some, spoil: 1);
        }
        var (expected, actual) = (whole.Weights, partial.Weights);
        Assert.Equal(before[Count..(2 * Count)], actual[Count..(2 * Count)]);
        Assert.Equal(expected[..Count], actual[..Count]);
        Assert.Equal(expected[(2 * Count)..], actual[(2 * Count)..]);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_member_alone_makes_the_same_steps_as_among_the_others(string backend, string name)
    {
        using var together = new Session(name, backend, float32);
        for (var step = 1; step <= 10; step++) together.Step(step, ones([3], ScalarType.Bool));
        for (var member = 0; member < 3; member++)
        {
            using var alone = new Session(name, backend, float32, member);
            for (var step = 1; step <= 10; step++) alone.Step(step, ones([1], ScalarType.Bool));
            Assert.Equal(together.Weights[(member * Count)..((member + 1) * Count)], alone.Weights);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_step_leaves_every_gradient_0_also_of_a_dead_member(string backend, string name)
    {
        using var session = new Session(name, backend, float32);
        session.Step(1, tensor(new[] { true, false, true }), spoil: 1);
        Assert.All(session.GradientsNow, value => Assert.Equal(0, value));
    }

    /// <summary>Gradients that are nearly the same at every step: v − ḡ² is a difference of equals, which rounding makes
    /// negative. PyTorch's root of it is NaN.</summary>
    [Theory]
    [MemberData(nameof(BackendNames.Theory), MemberType = typeof(BackendNames))]
    public void Centered_RMSprop_stays_finite_on_gradients_that_do_not_change(string backend)
    {
        var same = Arrays.Normal(4, 1000).ToTensor(float32, 1, 1000);
        var (weight, gradient, square, mean) = (zeros_like(same), zeros_like(same), zeros_like(same), zeros_like(same));
        for (var step = 0; step < 400; step++)
        {
            gradient.copy_(same);
            BackendNames.Create(backend).RmsPropStep(
                weight, gradient, square, mean, null, tensor(new[] { 1e-3 }), ones([1], ScalarType.Bool), 0.9, 1e-8, 0, 0);
        }
        Assert.All(HostCopy.Doubles(weight), value => Assert.True(double.IsFinite(value)));
    }

    /// <summary>A state that had overflowed made NaN of the weights that should have stayed.</summary>
    [Theory]
    [MemberData(nameof(BackendNames.Theory), MemberType = typeof(BackendNames))]
    public void A_dead_member_keeps_weights_and_state_whatever_they_are(string backend)
    {
        var alive = tensor(new[] { true, false });
        var rates = tensor(new[] { 0.1, double.NaN });
        Tensor Rows(double second) => tensor(new[] { 1.0, second }).reshape(2, 1);
        Tensor[] states = [.. Enumerable.Range(0, 6).Select(_ => Rows(double.PositiveInfinity))];
        var weight = Rows(5);
        BackendNames.Create(backend).SgdStep(weight, Rows(double.NaN), states[0], rates, alive, 0.9, 0.1, nesterov: true);
        BackendNames.Create(backend).SgdStep(weight, Rows(double.NaN), null, rates, alive, 0, 0.1, nesterov: false);
        BackendNames.Create(backend).AdamStep(weight, Rows(double.NaN), states[1], states[2], rates, alive, ones([1], int64), 0.9, 0.999, 1e-8, 0.1);
        BackendNames.Create(backend).RmsPropStep(weight, Rows(double.NaN), states[3], states[4], states[5], rates, alive, 0.9, 1e-8, 0.9, 0.1);
        Assert.Equal(5, HostCopy.Doubles(weight)[1]);
        Assert.NotEqual(1, HostCopy.Doubles(weight)[0]);
        Assert.All(states, state => Assert.Equal(double.PositiveInfinity, HostCopy.Doubles(state)[1]));
        Assert.All(states, state => Assert.NotEqual(1, HostCopy.Doubles(state)[0]));
    }

    /// <summary>An optimiser of one case at the start of its fifty steps.</summary>
    private sealed class Session : IDisposable
    {
        private readonly EnsembleParameters _parameters;
        private readonly Optimizer _optimizer;
        private readonly int[] _members;
        private readonly Tensor _rates_S;

        /// <param name="only">The one member that it is of; all when null.</param>
        public Session(string name, string backend, ScalarType dtype, int? only = null)
        {
            _members = only is { } one ? [one] : [.. Enumerable.Range(0, Rates.Length)];
            _rates_S = tensor(_members.Select(member => Rates[member]).ToArray());
            Case = Document.GetProperty("cases").EnumerateArray().Single(element => element.Text("name") == name);
            _parameters = new EnsembleParameters(_members.Length, Count, dtype, CPU);
            _parameters.Values.copy_(Mine(Start));
            var section = new OptimizerSection
            {
                Kind = Case.Text("kind"), Momentum = Case.Double("momentum"), Nesterov = Case.GetProperty("nesterov").GetBoolean(),
                WeightDecay = Case.Double("weightDecay"), Beta1 = Case.Double("beta1"), Beta2 = Case.Double("beta2"),
                Epsilon = Case.Double("epsilon"), Alpha = Case.Double("alpha"), Centered = Case.GetProperty("centered").GetBoolean(),
            };
            _optimizer = OptimizerRegistry.Find(section.Kind).Create(section, _parameters, BackendNames.Create(backend));
        }

        public JsonElement Case { get; }

        public double[] Weights => HostCopy.Doubles(_parameters.Values);

        public double[] GradientsNow => HostCopy.Doubles(_parameters.Gradients);

        /// <param name="spoil">A member whose gradients are NaN.</param>
        public void Step(int step, Tensor alive_S, int? spoil = null)
        {
            var size = Rates.Length * Count;
            _parameters.Gradients.copy_(Mine(Gradients[((step - 1) * size)..(step * size)]));
            if (spoil is { } member) _parameters.Gradients[member].fill_(double.NaN);
            _optimizer.Step(_rates_S, alive_S);
        }

        public void Dispose()
        {
            _optimizer.Dispose();
            _parameters.Dispose();
        }

        private Tensor Mine(float[] all) => tensor(_members.SelectMany(member => all[(member * Count)..((member + 1) * Count)]).ToArray())
            .reshape(_members.Length, Count);
    }
}
