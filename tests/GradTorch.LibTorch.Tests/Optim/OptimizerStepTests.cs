using GradTorch.LibTorch.Tests.Fixtures;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GradTorch.LibTorch.Tests.Optim;

/// <summary>50 steps of every optimiser, with every option and with parameter groups, against PyTorch's.</summary>
public class OptimizerStepTests
{
    private static readonly Dictionary<string, Func<Parameter, Parameter, optim.Optimizer>> Optimizers = new()
    {
        ["sgd"] = (w, b) => optim.SGD([w, b], 0.1),
        ["sgd momentum"] = (w, b) => optim.SGD([w, b], 0.1, momentum: 0.9),
        ["sgd momentum dampening"] = (w, b) => optim.SGD([w, b], 0.1, momentum: 0.9, dampening: 0.3),
        ["sgd weight decay"] = (w, b) => optim.SGD([w, b], 0.1, weight_decay: 0.1),
        ["sgd nesterov"] = (w, b) => optim.SGD([("w", w), ("b", b)], 0.1, momentum: 0.9, nesterov: true),
        ["sgd everything"] = (w, b) => optim.SGD([w, b], 0.02, momentum: 0.8, weight_decay: 0.05, nesterov: true, maximize: true),
        ["sgd maximize weight decay"] = (w, b) => optim.SGD([w, b], 0.02, weight_decay: 0.5, maximize: true),
        ["sgd groups"] = (w, b) => optim.SGD([
            new SGD.ParamGroup([w], new SGD.Options { LearningRate = 0.2, momentum = 0.5 }),
            new SGD.ParamGroup([b], new SGD.Options { weight_decay = 0.01 })], 0.05),
        ["adam"] = (w, b) => optim.Adam([w, b], 0.02),
        ["adam betas eps"] = (w, b) => optim.Adam([w, b], 0.02, 0.7, 0.9, 1e-3),
        ["adam weight decay"] = (w, b) => optim.Adam([("w", w), ("b", b)], 0.02, weight_decay: 0.1),
        ["adam amsgrad"] = (w, b) => optim.Adam([w, b], 0.2, 0.5, 0.6, amsgrad: true),
        ["adam maximize"] = (w, b) => optim.Adam([w, b], 0.02, weight_decay: 0.1, maximize: true),
        ["adam groups"] = (w, b) => optim.Adam([
            new Adam.ParamGroup([w], new Adam.Options { LearningRate = 0.1, beta1 = 0.5, beta2 = 0.9 }),
            new Adam.ParamGroup([b], new Adam.Options { weight_decay = 0.2 })], 0.01),
        ["adamw"] = (w, b) => optim.AdamW([w, b], 0.02, weight_decay: 0.01),
        ["adamw amsgrad"] = (w, b) => optim.AdamW([w, b], 0.2, 0.5, 0.6, weight_decay: 0.3, amsgrad: true),
        ["adamw maximize"] = (w, b) => optim.AdamW([("w", w), ("b", b)], 0.02, weight_decay: 0.1, maximize: true),
        ["adamw groups"] = (w, b) => optim.AdamW([
            new AdamW.ParamGroup([w], new AdamW.Options { LearningRate = 0.1, weight_decay = 0 }),
            new AdamW.ParamGroup([b], new AdamW.Options { eps = 1e-2 })], 0.01, weight_decay: 0.2),
        ["rmsprop"] = (w, b) => optim.RMSProp([w, b], 0.01),
        ["rmsprop alpha eps"] = (w, b) => optim.RMSProp([w, b], 0.01, 0.7, 1e-3),
        ["rmsprop momentum"] = (w, b) => optim.RMSProp([("w", w), ("b", b)], 0.01, momentum: 0.9),
        ["rmsprop centered"] = (w, b) => optim.RMSProp([w, b], 0.01, centered: true),
        ["rmsprop everything"] = (w, b) => optim.RMSProp([w, b], 0.005, momentum: 0.5, centered: true, weight_decay: 0.1, maximize: true),
        ["rmsprop groups"] = (w, b) => optim.RMSProp([
            new RMSProp.ParamGroup([w], new RMSProp.Options { LearningRate = 0.02, momentum = 0.5 }),
            new RMSProp.ParamGroup([b], new RMSProp.Options { centered = true })], 0.01),
        ["adagrad"] = (w, b) => optim.Adagrad([w, b], 0.1),
        ["adagrad decay"] = (w, b) => optim.Adagrad([w, b], 0.1, lr_decay: 0.1, weight_decay: 0.1),
        ["adagrad initial"] = (w, b) => optim.Adagrad([("w", w), ("b", b)], 0.1, initial_accumulator_value: 0.5, eps: 1e-3),
        ["adagrad groups"] = (w, b) => optim.Adagrad([
            new Adagrad.ParamGroup([w], new Adagrad.Options { LearningRate = 0.2 }),
            new Adagrad.ParamGroup([b], new Adagrad.Options { lr_decay = 0.5 })], 0.05),
    };

    private static readonly Dictionary<string, Func<Parameter, Parameter, optim.Optimizer>> Late = new()
    {
        ["sgd momentum late"] = (w, b) => optim.SGD([w, b], 0.1, momentum: 0.9, dampening: 0.5),
        ["adam late"] = (w, b) => optim.Adam([w, b], 0.02),
        ["adagrad late"] = (w, b) => optim.Adagrad([w, b], 0.1, lr_decay: 0.5),
    };

    public static TheoryData<string> Names => [.. SmallProblem.Document.GetProperty("optimizers").Names()];

    public static TheoryData<string> LateNames => [.. SmallProblem.Document.GetProperty("late").Names()];

    [Theory, MemberData(nameof(Names))]
    public void Fifty_steps_are_pytorchs_and_leave_no_tensors_behind(string name) => Follow(Optimizers[name], "optimizers", name, 0);

    [Theory, MemberData(nameof(LateNames))]
    public void A_parameter_without_a_gradient_waits_with_its_own_step_count(string name) => Follow(Late[name], "late", name, 5);

    private static void Follow(Func<Parameter, Parameter, optim.Optimizer> make, string section, string name, int withoutBiasUntil)
    {
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        using (var problem = new SmallProblem())
        using (var optimizer = make(problem.W, problem.B))
        {
            problem.StepAlong(optimizer, SmallProblem.Document.GetProperty(section).GetProperty(name), withoutBiasUntil);
        }
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }
}
