using static TorchSharp.torch;

namespace GradTorch.LibTorch.Tests.NN;

/// <summary>Every loss against PyTorch's value and gradient, in each reduction.</summary>
public class LossNumbersTests
{
    private static readonly Dictionary<string, Func<Tensor, nn.Reduction, nn.Module<Tensor, Tensor, Tensor>>> Losses = new()
    {
        ["cross_entropy"] = (_, reduction) => nn.CrossEntropyLoss(reduction: reduction),
        ["cross_entropy weighted, class 1 ignored"] = (weight, reduction) => nn.CrossEntropyLoss(weight, 1, reduction),
        ["cross_entropy smoothed"] = (_, reduction) =>
            new TorchSharp.Modules.CrossEntropyLoss(reduction: reduction, label_smoothing: 0.2),
        ["cross_entropy of probabilities"] = (_, reduction) => nn.CrossEntropyLoss(reduction: reduction),
        ["mse"] = (_, reduction) => nn.MSELoss(reduction),
        ["l1"] = (_, reduction) => nn.L1Loss(reduction),
        ["smooth_l1"] = (_, reduction) => nn.SmoothL1Loss(reduction, 0.5),
        ["huber"] = (_, reduction) => nn.HuberLoss(0.5, reduction),
        ["bce"] = (weight, reduction) => nn.BCELoss(weight, reduction),
        ["bce_with_logits"] = (weight, reduction) =>
            nn.BCEWithLogitsLoss(weight, reduction, TorchSharp.Interop.Aten.Call("mul.Scalar", weight, 2)),
        ["nll"] = (weight, reduction) => nn.NLLLoss(weight, reduction),
        ["kl_div"] = (_, reduction) => nn.KLDivLoss(reduction: reduction),
        ["soft_margin"] = (_, reduction) => nn.SoftMarginLoss(reduction),
    };

    public static TheoryData<string> Names => ModuleFixtures.Names("losses");

    [Theory]
    [MemberData(nameof(Names))]
    public void A_loss_gives_PyTorchs_value_and_gradient_in_every_reduction(string name)
    {
        using var scope = NewDisposeScope();
        var fixtures = ModuleFixtures.Named("losses", name).ToArray();
        Assert.Equal(3, fixtures.Length);
        foreach (var fixture in fixtures)
        {
            var reduction = Enum.Parse<nn.Reduction>(fixture.GetProperty("reduction").GetString()!, ignoreCase: true);
            using var loss = Losses[name](fixture.Tensor("weight"), reduction);
            var input = fixture.Tensor("input").requires_grad_();
            var output = loss.call(input, fixture.Tensor("target"));
            Tensors.AssertClose(fixture.Tensor("output"), output, $"{name} {reduction}");
            output.backward([nn.init.ones_(TorchSharp.Interop.Aten.Call("empty_like", output.detach()))]);
            Tensors.AssertClose(fixture.Tensor("gradient"), input.grad!, $"{name} {reduction} gradient");
        }
    }

    [Fact]
    public void Binary_losses_refuse_a_target_of_another_shape()
    {
        using var scope = NewDisposeScope();
        foreach (nn.Module<Tensor, Tensor, Tensor> loss in new nn.Module<Tensor, Tensor, Tensor>[] { nn.BCELoss(), nn.BCEWithLogitsLoss() })
        {
            var error = Assert.Throws<System.Runtime.InteropServices.ExternalException>(
                () => loss.call(Tensors.Of(0.5f, 0.5f), Tensors.Of(1)));
            Assert.Contains("must be the same as input size ([2])", error.Message);
            loss.Dispose();
        }
    }
}
