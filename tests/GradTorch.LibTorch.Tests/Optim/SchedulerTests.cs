using System.Text.Json;
using GradTorch.LibTorch.Tests.Fixtures;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace GradTorch.LibTorch.Tests.Optim;

/// <summary>Learning rates and momenta of two groups over 30 steps of every scheduler, against PyTorch's.</summary>
public class SchedulerTests
{
    private static readonly Dictionary<string, Func<Optimizer, lr_scheduler.LRScheduler>> Schedulers = new()
    {
        ["step"] = o => lr_scheduler.StepLR(o, 4, 0.5),
        ["multi step"] = o => lr_scheduler.MultiStepLR(o, [3, 8, 8, 20], 0.5),
        ["exponential"] = o => lr_scheduler.ExponentialLR(o, 0.9),
        ["constant"] = o => lr_scheduler.ConstantLR(o, 0.25, 6),
        ["linear"] = o => lr_scheduler.LinearLR(o, 0.2, 0.9, 10),
        ["polynomial"] = o => lr_scheduler.PolynomialLR(o, 12, 2.0),
        ["cosine"] = o => lr_scheduler.CosineAnnealingLR(o, 7, 0.001),
        ["lambda"] = o => lr_scheduler.LambdaLR(o, epoch => 1.0 / (1 + epoch)),
        ["lambdas"] = o => new lr_scheduler.impl.LambdaLR(o, [epoch => Math.Pow(0.9, epoch), epoch => epoch]),
        ["multiplicative"] = o => lr_scheduler.MultiplicativeLR(o, epoch => 1 - 0.01 * epoch),
        ["cyclic"] = o => lr_scheduler.CyclicLR(o, 0.01, 0.1, 5, 3),
        ["cyclic triangular2"] = o => lr_scheduler.CyclicLR(o, [0.01, 0.02], [0.1, 0.3], 4, mode: lr_scheduler.impl.CyclicLR.Mode.Triangular2),
        ["cyclic range"] = o => lr_scheduler.CyclicLR(o, 0.01, 0.1, 4, mode: lr_scheduler.impl.CyclicLR.Mode.ExpRange, gamma: 0.95,
            base_momentum: 0.7, max_momentum: 0.95),
        ["cyclic function"] = o => lr_scheduler.CyclicLR(o, 0.01, 0.1, 4, scale_fn: x => 1 / (1 + x),
            scale_mode: lr_scheduler.impl.CyclicLR.ScaleMode.Iterations, cycle_momentum: false),
        ["one cycle"] = o => lr_scheduler.OneCycleLR(o, 0.5, 30),
        ["one cycle groups linear"] = o => lr_scheduler.OneCycleLR(o, [0.5, 0.1], epochs: 6, steps_per_epoch: 5, pct_start: 0.4,
            anneal_strategy: lr_scheduler.impl.OneCycleLR.AnnealStrategy.Linear, div_factor: 10, final_div_factor: 100),
        ["one cycle three phases"] = o => lr_scheduler.OneCycleLR(o, 0.5, 30, three_phase: true, base_momentum: 0.8, max_momentum: 0.9),
        ["one cycle without momentum"] = o => lr_scheduler.OneCycleLR(o, 0.5, 30, cycle_momentum: false),
        ["sequential"] = o => lr_scheduler.SequentialLR(o,
            [lr_scheduler.ConstantLR(o, 0.1, 4), lr_scheduler.ExponentialLR(o, 0.9), lr_scheduler.StepLR(o, 3)], [5, 15]),
        ["chained"] = o => lr_scheduler.ChainedLR([lr_scheduler.ConstantLR(o, 0.1, 4), lr_scheduler.ExponentialLR(o, 0.9)]),
    };

    private static readonly Dictionary<string, Func<Optimizer, lr_scheduler.LRScheduler>> Plateaus = new()
    {
        ["plateau"] = o => lr_scheduler.ReduceLROnPlateau(o, patience: 2),
        ["plateau abs"] = o => lr_scheduler.ReduceLROnPlateau(o, factor: 0.5, patience: 1, threshold: 0.06, threshold_mode: "abs",
            cooldown: 2, min_lr: [0.01, 0.004]),
        ["plateau max"] = o => lr_scheduler.ReduceLROnPlateau(o, "max", 0.5, 3, 0.01, min_lr: [0.003]),
        ["plateau max abs"] = o => lr_scheduler.ReduceLROnPlateau(o, "max", 0.5, 4, threshold_mode: "abs", eps: 0.004),
    };

    public static TheoryData<string> Names => [.. SmallProblem.Document.GetProperty("schedulers").Names()];

    public static TheoryData<string> PlateauNames => [.. SmallProblem.Document.GetProperty("plateaus").Names()];

    [Theory, MemberData(nameof(Names))]
    public void Thirty_steps_are_pytorchs(string name)
    {
        using var problem = new SmallProblem();
        using var optimizer = Sgd(problem);
        var scheduler = Schedulers[name](optimizer);
        Follow(optimizer, scheduler, _ => scheduler.step(), SmallProblem.Document.GetProperty("schedulers").GetProperty(name));
    }

    [Theory, MemberData(nameof(PlateauNames))]
    public void Thirty_metrics_reduce_the_rate_as_pytorch_does(string name)
    {
        using var problem = new SmallProblem();
        using var optimizer = Sgd(problem);
        var scheduler = Plateaus[name](optimizer);
        var metric = SmallProblem.Document.GetProperty("metric").Doubles();
        Follow(optimizer, scheduler, step => scheduler.step(metric[step]), SmallProblem.Document.GetProperty("plateaus").GetProperty(name));
    }

    [Fact]
    public void One_cycle_moves_the_first_beta_of_adam()
    {
        using var problem = new SmallProblem();
        using var optimizer = optim.Adam([Group<Adam.ParamGroup, Adam.Options>(problem.W, 0.1), Group<Adam.ParamGroup, Adam.Options>(problem.B, 0.02)]);
        var scheduler = lr_scheduler.OneCycleLR(optimizer, 0.5, 30);
        Follow(optimizer, scheduler, _ => scheduler.step(), SmallProblem.Document.GetProperty("adamSchedulers").GetProperty("one cycle"));
    }

    [Theory]
    [InlineData("step"), InlineData("multi step"), InlineData("exponential"), InlineData("constant"), InlineData("linear")]
    [InlineData("polynomial"), InlineData("cosine"), InlineData("lambda")]
    public void A_jump_to_an_epoch_gives_the_rate_that_steps_lead_to(string name)
    {
        using var problem = new SmallProblem();
        using var optimizer = Sgd(problem);
        var scheduler = Schedulers[name](optimizer);
        var kept = SmallProblem.Document.GetProperty("schedulers").GetProperty(name);
        foreach (var epoch in (int[])[9, 25, 3, 0])
        {
            scheduler.step(epoch);
            Numbers.AssertClose(kept[epoch][0].Doubles(), [.. scheduler.get_last_lr()], 1e-12, $"epoch {epoch}");
        }
    }

    [Fact]
    public void What_cannot_work_is_refused_with_a_reason()
    {
        using var problem = new SmallProblem();
        using var sgd = Sgd(problem);
        using var other = optim.SGD([new Parameter(FromMemory<float>([1], [1], ScalarType.Float32))], 0.1);
        using var adam = optim.Adam(problem.Parameters);
        Assert.Throws<InvalidOperationException>(() => lr_scheduler.ReduceLROnPlateau(sgd).step());
        Assert.Contains("mode upward is unknown", Assert.Throws<ArgumentException>(() => lr_scheduler.ReduceLROnPlateau(sgd, "upward")).Message);
        Assert.Contains("must support momentum", Assert.Throws<ArgumentException>(() => lr_scheduler.CyclicLR(adam, 0.1, 1)).Message);
        Assert.Contains("total_steps OR", Assert.Throws<ArgumentException>(() => lr_scheduler.OneCycleLR(sgd, 1)).Message);
        Assert.Contains("expected 2 values for max_lr", Assert.Throws<ArgumentException>(() => lr_scheduler.OneCycleLR(sgd, [1, 2, 3], 10)).Message);
        Assert.Contains("same optimizer", Assert.Throws<ArgumentException>(
            () => lr_scheduler.SequentialLR(sgd, [lr_scheduler.StepLR(other, 1)], [])).Message);
        var cycle = lr_scheduler.OneCycleLR(sgd, 1, 2);
        cycle.step();
        cycle.step();
        Assert.Contains("total steps is 2", Assert.Throws<InvalidOperationException>(cycle.step).Message);
    }

    private static SGD Sgd(SmallProblem problem) =>
        optim.SGD([Group<SGD.ParamGroup, SGD.Options>(problem.W, 0.1), Group<SGD.ParamGroup, SGD.Options>(problem.B, 0.02)], 1, momentum: 0.9);

    private static TGroup Group<TGroup, TOptions>(Parameter parameter, double lr)
        where TGroup : ParamGroup<TOptions>, new() where TOptions : OptimizerOptions, new() =>
        new() { Parameters = [parameter], Options = new TOptions { LearningRate = lr } };

    private static void Follow(Optimizer optimizer, lr_scheduler.LRScheduler scheduler, Action<int> step, JsonElement kept)
    {
        for (var i = 0; i <= 30; i++)
        {
            double[] rates = [.. optimizer.ParamGroups.Select(group => group.LearningRate)];
            double[] momenta = [.. optimizer.ParamGroups.Select(group => group is IBetas betas ? betas.Betas.Item1 : ((IMomentum)group).Momentum)];
            Numbers.AssertClose(kept[i][0].Doubles(), rates, 1e-12, $"rates after {i} steps");
            Numbers.AssertClose(kept[i][1].Doubles(), momenta, 1e-12, $"momenta after {i} steps");
            Assert.Equal(rates, scheduler.get_last_lr());
            if (i < 30) step(i);
        }
    }
}
