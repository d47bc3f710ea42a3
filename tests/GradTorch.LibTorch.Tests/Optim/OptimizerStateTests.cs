using System.Globalization;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GradTorch.LibTorch.Tests.Optim;

public class OptimizerStateTests
{
    public static TheoryData<string> Kinds => ["sgd", "adam", "adamw", "rmsprop", "adagrad"];

    private static OptimizerHelper Make(string kind, IEnumerable<Parameter> parameters) => kind switch
    {
        "sgd" => optim.SGD(parameters, 0.1, momentum: 0.9),
        "adam" => optim.Adam(parameters, 0.02, amsgrad: true),
        "adamw" => optim.AdamW(parameters, 0.02, weight_decay: 0.1),
        "rmsprop" => optim.RMSProp(parameters, 0.01, momentum: 0.5, centered: true),
        _ => optim.Adagrad(parameters, 0.1, lr_decay: 0.1),
    };

    private static void Train(SmallProblem problem, optim.Optimizer optimizer, int steps)
    {
        for (var i = 0; i < steps; i++)
        {
            optimizer.zero_grad();
            problem.Backward();
            optimizer.step();
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Training_goes_on_from_a_saved_state_as_if_it_had_not_stopped(string kind)
    {
        using var problem = new SmallProblem();
        using var through = Make(kind, problem.Parameters);
        Train(problem, through, 4);
        through.ParamGroups.Single().LearningRate = 0.05;
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true)) through.save_state_dict(writer);
        var weights = problem.Values;
        Train(problem, through, 4);

        using var resumedProblem = new SmallProblem();
        resumedProblem.Set(weights);
        using var resumed = Make(kind, resumedProblem.Parameters);
        stream.Position = 0;
        using (var reader = new BinaryReader(stream)) resumed.load_state_dict(reader);
        Assert.Equal(0.05, resumed.ParamGroups.Single().LearningRate);
        Train(resumedProblem, resumed, 4);
        Assert.Equal(problem.Values, resumedProblem.Values);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void A_state_dictionary_is_copied_not_shared(string kind)
    {
        using var problem = new SmallProblem();
        using var first = Make(kind, problem.Parameters);
        Train(problem, first, 3);
        using var second = Make(kind, problem.Parameters);
        using (NewDisposeScope()) second.load_state_dict(first.state_dict());
        var (mine, theirs) = (second.state_dict().State, first.state_dict().State);
        Assert.All(mine.Zip(theirs), pair => Assert.True(pair.First.ApproximatelyEquals(pair.Second)));
        Train(problem, second, 1);
        Assert.All(mine.Zip(theirs), pair => Assert.False(pair.First.ApproximatelyEquals(pair.Second)));
        Assert.Equal([[0, 1]], first.state_dict().StateIndexRef);
    }

    [Fact]
    public void A_state_of_another_optimiser_or_of_other_parameters_is_refused()
    {
        using var problem = new SmallProblem();
        using var adam = Make("adam", problem.Parameters);
        using var adamw = Make("adamw", problem.Parameters);
        using var onlyW = Make("adam", [problem.W]);
        using var onlyB = Make("adam", [problem.B]);
        Assert.Contains("expected 'AdamW', but found 'Adam'", Assert.Throws<InvalidDataException>(() => Pour(adam, adamw)).Message);
        Assert.Contains("different number of states: 1, this optimizer has 2", Assert.Throws<ArgumentException>(() => Pour(onlyW, adam)).Message);
        Assert.Contains("holds Float64 of shape [3, 2], the optimizer needs Float64 of shape [2]",
            Assert.Throws<ArgumentException>(() => Pour(onlyW, onlyB)).Message);
        Assert.Throws<ArgumentException>(() => adamw.load_state_dict(adam.state_dict()));
        Assert.Throws<EndOfStreamException>(() => Pour(onlyW, onlyW, keep: 100));
    }

    [Fact]
    public void The_closure_runs_with_gradients_and_its_loss_comes_back()
    {
        using var scope = NewDisposeScope();
        using var problem = new SmallProblem();
        using var optimizer = Make("sgd", problem.Parameters);
        var before = problem.Values;
        using var off = no_grad();
        var loss = optimizer.step(() =>
        {
            Assert.True(is_grad_enabled());
            var inside = problem.Loss();
            inside.backward();
            return inside;
        });
        Assert.InRange(loss!.item<double>(), 0.1, 1);
        Assert.NotEqual(before, problem.Values);
        Assert.False(is_grad_enabled());
    }

    [Fact]
    public void Options_that_a_group_leaves_open_are_the_optimisers()
    {
        using var problem = new SmallProblem();
        using var optimizer = optim.SGD([problem.W], 0.1, momentum: 0.9, weight_decay: 0.01);
        optimizer.add_param_group(new SGD.ParamGroup([problem.B], new SGD.Options { LearningRate = 0.5, momentum = 0 }));
        var added = (SGD.Options)optimizer.state_dict().Options[1];
        Assert.Equal((0.5, 0.5, 0.0, 0.01, false), (added.LearningRate!.Value, added.InitialLearningRate, added.momentum!.Value, added.weight_decay!.Value, added.nesterov!.Value));
        Assert.Equal([problem.W, problem.B], optimizer.parameters(), ReferenceEqualityComparer.Instance);
        Assert.Contains("shape [3, 2] is in another parameter group", Assert.Throws<ArgumentException>(
            () => optimizer.add_param_group(new SGD.ParamGroup { Parameters = [problem.W] })).Message);
        using var parameter = new Parameter(FromMemory<float>([1], [1], ScalarType.Float32));
        Assert.Throws<ArgumentException>(() => optimizer.add_param_group(new Adam.ParamGroup([parameter], new Adam.Options())));
    }

    [Fact]
    public void Impossible_options_are_refused_in_any_culture()
    {
        using var problem = new SmallProblem();
        var culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("de-DE");
        try
        {
            Assert.Equal("Invalid learning rate: -0.1", Assert.Throws<ArgumentException>(() => optim.SGD(problem.Parameters, -0.1)).Message);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
        Assert.Contains("Nesterov", Assert.Throws<ArgumentException>(() => optim.SGD(problem.Parameters, 0.1, nesterov: true)).Message);
        Assert.Contains("beta1: 1", Assert.Throws<ArgumentException>(() => optim.Adam(problem.Parameters, beta1: 1)).Message);
        Assert.Contains("weight_decay", Assert.Throws<ArgumentException>(() => optim.AdamW(problem.Parameters, weight_decay: -1)).Message);
        Assert.Contains("alpha", Assert.Throws<ArgumentException>(() => optim.RMSProp(problem.Parameters, alpha: double.NaN)).Message);
        Assert.Contains("lr_decay", Assert.Throws<ArgumentException>(() => optim.Adagrad(problem.Parameters, lr_decay: -1)).Message);
    }

    [Fact]
    public void A_step_inside_a_dispose_scope_keeps_its_state_when_the_scope_closes()
    {
        using var problem = new SmallProblem();
        using var optimizer = optim.SGD(problem.Parameters, 0.1, momentum: 0.9);
        using (NewDisposeScope()) Train(problem, optimizer, 1);
        Assert.All(optimizer.state_dict().State, state => Assert.False(((SGD.State)state).momentum_buffer!.IsInvalid));
        optimizer.zero_grad();
        using var gradient = problem.W.grad!;
        Assert.Equal(new double[6], Elements.Of(gradient));
    }

    private static void Pour(OptimizerHelper from, OptimizerHelper into, int? keep = null)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        from.save_state_dict(writer);
        if (keep is { } length) stream.SetLength(length);
        stream.Position = 0;
        using var reader = new BinaryReader(stream);
        into.load_state_dict(reader);
    }
}
