using TorchSharp;
using TorchSharp.Interop;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GradTorch.LibTorch.Tests.Cuda;

public class CudaTests
{
    [Fact]
    public void Without_a_gpu_the_answer_is_no_and_asking_for_one_says_so()
    {
        Assert.Equal(cuda.device_count() > 0, cuda.is_available());
        Assert.Equal(cuda.is_available(), cuda_is_available());
        Assert.Equal(cuda.is_available(), TryInitializeDeviceType(DeviceType.CUDA));
        if (cuda.is_available()) return;
        Assert.False(cuda.is_cudnn_available());
        cuda.manual_seed(1);
        cuda.manual_seed_all(1);
        cuda.synchronize(CPU);
        Assert.Contains("CUDA did not initialise", Assert.Throws<InvalidOperationException>(() => cuda.synchronize()).Message);
        Assert.Throws<InvalidOperationException>(() => device("cuda"));
    }

    [Fact]
    public void Tf32_is_a_switch()
    {
        foreach (var on in (bool[])[true, false])
        {
            backends.cuda.matmul.allow_tf32 = on;
            Assert.Equal(on, backends.cuda.matmul.allow_tf32);
        }
        backends.cudnn.allow_tf32 = false;
        Assert.False(backends.cudnn.allow_tf32);
        backends.cudnn.allow_tf32 = true;
        Assert.True(backends.cudnn.allow_tf32);
    }

    [CudaFact]
    public void A_product_on_the_gpu_is_the_product_on_the_cpu()
    {
        using var scope = NewDisposeScope();
        var a = Aten.Call("rand", (long[])[32, 16], ScalarType.Float64);
        var b = Aten.Call("rand", (long[])[16, 8], ScalarType.Float64);
        var onGpu = Aten.Call("mm", a.cuda(), b.cuda());
        cuda.synchronize();
        Assert.True(Aten.CallBool("allclose", Aten.Call("mm", a, b), onGpu.cpu()));
        Assert.Equal(DeviceType.CUDA, onGpu.device_type);
    }

    [CudaFact]
    public void The_same_seed_gives_the_same_numbers_on_the_gpu()
    {
        using var scope = NewDisposeScope();
        float[] Draw() => Elements.Of<float>(Aten.Call("rand", (long[])[8], ScalarType.Float32, Argument.None, device("cuda")));
        cuda.manual_seed(3);
        var first = Draw();
        cuda.manual_seed_all(3);
        Assert.Equal(first, Draw());
        manual_seed(3).Dispose();
        Assert.Equal(first, Draw());
    }

    [CudaFact]
    public void An_optimiser_steps_on_the_gpu_and_moves_its_state()
    {
        using var scope = NewDisposeScope();
        var parameter = new Parameter(Aten.Call("ones", (long[])[4]).cuda());
        var optimizer = optim.Adam([parameter], 0.1);
        Aten.Call("sum", parameter).backward();
        optimizer.step();
        Assert.Equal([0.9f, 0.9f, 0.9f, 0.9f], Elements.Of<float>(parameter), (x, y) => Math.Abs(x - y) < 1e-6);
        optimizer.to(CPU);
        Assert.Equal(DeviceType.CPU, ((Adam.State)optimizer.state_dict().State[0]).exp_avg.device_type);
    }
}
