using GradTorch.Gradients;
using GradTorch.Models;
using TorchSharp;
using static TorchSharp.torch;
using Parameter = TorchSharp.Modules.Parameter;

namespace GradTorch.Tests;

public sealed class ParameterUseTests : IDisposable
{
    private const int Members = 3;

    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    /// <summary>Used twice, as a bias is at every timestep; what is there already stays.</summary>
    [Fact]
    public void Gradients_are_added_where_they_lie_as_autograd_would()
    {
        using var parameters = new EnsembleParameters(Members, 10, float64, CPU);
        var (first, second) = (parameters.Take(2, 3).Parameter, parameters.Take(1, 4).Parameter);
        using (no_grad()) parameters.Values.copy_(Arrays.Normal(1, Members * 10).ToTensor(float64, Members, 10));
        parameters.Gradients.fill_(2);
        var (plainFirst, plainSecond) = (first.detach().clone().requires_grad_(), second.detach().clone().requires_grad_());

        var used = ParameterUse.Of(first, second);
        Loss(used[0], used[1]).backward();
        Loss(plainFirst, plainSecond).backward();

        Assert.Equal(HostCopy.Doubles(plainFirst.grad! + 2), HostCopy.Doubles(first.grad!));
        Assert.Equal(HostCopy.Doubles(plainSecond.grad! + 2), HostCopy.Doubles(second.grad!));
        Assert.Equal(HostCopy.Doubles(first.grad!.view(Members, 6)), HostCopy.Doubles(parameters.Gradients.narrow(1, 0, 6)));

        static Tensor Loss(Tensor first, Tensor second) => (first.sin().sum(1) * first.select(1, 0)).sum() + second.exp().sum();
    }

    [Fact]
    public void A_parameter_goes_as_it_is_without_a_graph_and_with_a_gradient_in_one_piece_or_none()
    {
        using var parameters = new EnsembleParameters(Members, 10, float64, CPU);
        var whole = parameters.Take(10).Parameter;
        using var more = new EnsembleParameters(Members, 20, float64, CPU);
        var strided = more.Take(10).Parameter;
        Assert.Same(whole, ParameterUse.Of(whole));
        Assert.NotSame(strided, ParameterUse.Of(strided));
        using (no_grad()) Assert.Same(strided, ParameterUse.Of(strided));
        var without = new Parameter(zeros([Members, 1, 1], float64));
        Assert.Same(without, ParameterUse.Of(without));
        using var single = new EnsembleParameters(1, 20, float64, CPU);
        var alone = single.Take(10).Parameter;
        Assert.Same(alone, ParameterUse.Of(alone));
    }
}
