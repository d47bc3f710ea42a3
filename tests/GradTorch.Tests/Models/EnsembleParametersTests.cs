using GradTorch.Models;
using static TorchSharp.torch;

namespace GradTorch.Tests.Models;

public sealed class EnsembleParametersTests
{
    [Fact]
    public void More_than_was_announced_is_refused()
    {
        using var parameters = new EnsembleParameters(2, 10, float32, CPU);
        parameters.Take(3, 2).Parameter.Dispose();
        var error = Assert.Throws<InvalidOperationException>(() => parameters.Take(1, 5));
        Assert.Equal("10 parameters were announced and 11 are taken", error.Message);
    }

    [Fact]
    public void Less_than_was_announced_is_refused_when_all_should_be_taken()
    {
        using var parameters = new EnsembleParameters(2, 10, float32, CPU);
        parameters.Take(3, 2).Parameter.Dispose();
        var error = Assert.Throws<InvalidOperationException>(parameters.RequireAllTaken);
        Assert.Equal("10 parameters were announced and 6 are taken", error.Message);
        parameters.Take(4).Parameter.Dispose();
        parameters.RequireAllTaken();
    }
}
