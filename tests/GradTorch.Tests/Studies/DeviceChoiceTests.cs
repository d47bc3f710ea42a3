using GradTorch.Configuration;
using GradTorch.Studies;
using TorchSharp;

namespace GradTorch.Tests.Studies;

/// <summary>Devices that are there, and one that no machine has.</summary>
public sealed class DeviceChoiceTests(SmallImages images) : IClassFixture<SmallImages>
{
    [Fact]
    public void The_cpu_is_always_there() =>
        Assert.Equal(DeviceType.CPU, DeviceChoice.Of(new Experiment { Device = "cpu" }).type);

    [Fact]
    public void Auto_is_the_first_cuda_device_or_else_the_cpu() => Assert.Equal(
        torch.cuda.is_available() ? "cuda:0" : "cpu", DeviceChoice.Of(new Experiment { Device = "auto" }).ToString());

    [Fact]
    public void A_cuda_device_that_is_not_there_is_an_error_of_the_field_device()
    {
        var error = Refused("cuda:999");
        Assert.Equal("device", error.Path);
        Assert.StartsWith("'cuda:999' is not there: libtorch sees ", error.Message, StringComparison.Ordinal);
        Assert.Contains("allowed here: auto, cpu", error.Message, StringComparison.Ordinal);
    }

    [FactWithoutCuda]
    public void Without_any_cuda_device_it_says_how_to_find_out_why()
    {
        Assert.Equal(
            "'cuda' is not there: libtorch sees no CUDA device; allowed here: auto, cpu; 'gradtorch doctor' says why",
            Refused("cuda").Message);
        Assert.Equal("device", Refused("cuda:0").Path);
    }

    /// <summary>Before data are read: the folder of the data does not exist.</summary>
    [Fact]
    public void It_is_refused_before_data_are_read()
    {
        var small = StudyRun.Small(images, "unused");
        var thrown = Assert.Throws<ConfigurationException>(() => PreparedExperiment.Of(
            small with { Device = "cuda:999", Data = small.Data with { Path = "nowhere" } }));
        Assert.Equal("device", Assert.Single(thrown.Errors).Path);
    }

    private static ConfigurationError Refused(string device) => Assert.Single(
        Assert.Throws<ConfigurationException>(() => DeviceChoice.Of(new Experiment { Device = device })).Errors);

    /// <summary>A fact about machines without a GPU; visibly skipped where there is one.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    private sealed class FactWithoutCudaAttribute : FactAttribute
    {
        public FactWithoutCudaAttribute()
        {
            if (torch.cuda.is_available()) Skip = "this machine has a CUDA device";
        }
    }
}
