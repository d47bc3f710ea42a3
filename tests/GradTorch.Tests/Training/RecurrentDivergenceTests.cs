using GradTorch.Activations;
using GradTorch.Backends;
using GradTorch.Configuration;
using GradTorch.Data;
using GradTorch.Initialisation;
using GradTorch.Models;
using GradTorch.Models.Recurrent;
using GradTorch.Training;
using static TorchSharp.torch;

namespace GradTorch.Tests.Training;

/// <summary>The timestep at which a member of a recurrent network meets its first NaN or infinity. Two members: 0 is calm.</summary>
public sealed class RecurrentDivergenceTests
{
    private const int Timesteps = 45, Units = 3, Examples = 4;

    /// <summary>h_t = 10^(t−1) u: 10^38 is a float32, 10^39 is not.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void States_that_overflow_are_located_where_they_do(int recordEvery)
    {
        using var problem = new Problem(RecurrentKind.Elman, "relu");
        problem.MakeExplosive(member: 1, input: 1);
        Assert.Equal([new Divergence(1, 0, 1, 40)], problem.Train(recordEvery));
    }

    /// <summary>h_t = 10^(t−31) stays finite; ∂L/∂h_45 = 1/4 by example, so ∂L/∂h_t = 10^(45−t) / 4 overflows beyond
    /// 40 timesteps back.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Gradients_that_overflow_are_located_where_they_do_on_their_way_back(int recordEvery)
    {
        using var problem = new Problem(RecurrentKind.Elman, "relu");
        problem.MakeExplosive(member: 1, input: 1e-30);
        Assert.Equal([new Divergence(1, 0, 1, 5)], problem.Train(recordEvery));
    }

    [Theory]
    [InlineData("elman")]
    [InlineData("gru")]
    [InlineData("lstm")]
    public void An_input_that_is_not_a_number_breaks_the_state_of_its_timestep(string kind)
    {
        var layer = kind switch { "elman" => RecurrentKind.Elman, "gru" => RecurrentKind.Gru, _ => RecurrentKind.Lstm };
        using var problem = new Problem(layer, "tanh", brokenTimestep: 7, depth: 2);
        Assert.Equal([new Divergence(0, 0, 1, 7), new Divergence(1, 0, 1, 7)], problem.Train(recordEvery: 1));
    }

    [Fact]
    public void In_the_output_layer_there_is_no_timestep()
    {
        using var problem = new Problem(RecurrentKind.Elman, "tanh");
        using (no_grad()) problem.Model.Layers[0].Linear.Weight[1].fill_(double.NaN);
        Assert.Equal([new Divergence(1, 0, 2)], problem.Train(recordEvery: 1));
    }

    private sealed class Problem : IDisposable
    {
        private static readonly MemberSeed[] Seeds = [new(0), new(1)];

        private readonly DataSet _data;
        private readonly EnsembleOrder _order;

        public Problem(RecurrentKind kind, string activation, int? brokenTimestep = null, int depth = 1)
        {
            var shape = new DataShape(Examples, Examples, Timesteps, 1, 2, TargetKind.Class);
            _data = new DataSet(Split(brokenTimestep), Split(brokenTimestep), shape, "none", "made by hand", TrainingProblem.Standardiser);
            Model = new RecurrentNet(kind, new ModelBlueprint(
                ModelShape.Of(new ModelSection { Depth = depth, Width = Units }, shape),
                () => new Nonlinearity(ActivationRegistry.Create(activation, new ActivationParameters())), Seeds, float32, CPU));
            Model.Initialise(Seeds, InitialiserRegistry.Find("xavier-uniform"), [new InitialParameters(), new InitialParameters()]);
            using var off = no_grad();
            Model.RecurrentLayers[0].RecurrentWeight.mul_(0.1);
            _order = new EnsembleOrder(Seeds, Examples, Examples, CPU);
        }

        public RecurrentNet Model { get; }

        /// <summary>W = 10 I, U = <paramref name="input"/> in every unit and no biases; the wrong class's output is one unit's
        /// state, so that the loss's gradient of that state is 1.</summary>
        public void MakeExplosive(int member, double input)
        {
            using var scope = NewDisposeScope();
            using var off = no_grad();
            var layer = Model.RecurrentLayers[0];
            layer.RecurrentWeight[member].copy_(eye(Units) * 10);
            layer.InputWeight[member].fill_(input);
            layer.Bias[member].zero_();
            var output = Model.Layers[0].Linear;
            output.Weight[member].zero_();
            output.Weight[member, 0, 0].fill_(1);
            output.Bias[member].zero_();
        }

        public List<Divergence> Train(int recordEvery)
        {
            var log = new TrainingLog();
            using var optimizer = new SgdOptimizer(Model.Parameters, TorchBackend.Current, 0, nesterov: false, weightDecay: 0);
            using var trainer = new Trainer(
                Model, new CrossEntropy(), _data, _order, optimizer, new ConstantSchedule([0.01, 0.01]), null,
                new TrainingPlan(2, 1000, recordEvery, Flush: 2), TorchBackend.Current, log);
            trainer.Run(CancellationToken.None);
            return log.Divergences;
        }

        public void Dispose()
        {
            _order.Dispose();
            Model.Dispose();
            Model.Parameters.Dispose();
            _data.Dispose();
        }

        /// <summary>1 at the first timestep, then 0; all of class 1.</summary>
        private static StoredExamples Split(int? brokenTimestep)
        {
            using var scope = NewDisposeScope();
            var inputs = zeros([Examples, Timesteps, 1], float32);
            inputs.select(1, 0).fill_(1);
            if (brokenTimestep is { } timestep) inputs.select(1, timestep - 1).fill_(double.NaN);
            return new StoredExamples(inputs, ones([Examples], int64), TrainingProblem.Standardiser);
        }
    }
}
