using GradTorch.Configuration;
using GradTorch.Gradients.Measurements;
using static TorchSharp.torch;

namespace GradTorch.Cli.Bench;

/// <summary>Every benchmark, on one device.</summary>
/// <param name="torch">The other side of most.</param>
internal sealed class BenchmarkRegistry(Device device, PyTorch torch)
{
    private const string Net = "784-64×50-10 tanh, batch 128";

    private const int TwoEpochs = 936;

    private readonly string _device = device.ToString();

    public IReadOnlyList<Benchmark> All => device.type == TorchSharp.DeviceType.CUDA ? [.. Anywhere, .. OnGpus] : Anywhere;

    /// <summary>What a CPU would take minutes for, or has no other side for.</summary>
    private IReadOnlyList<Benchmark> OnGpus =>
    [
        AgainstPyTorch(
            "members-64-alone", "64 members of 784-16×10-10 tanh, batch 32", "PyTorch training one of them", Of(Mlp(10, 16), members: 64, batch: 32),
            ["mlp", "--depth", "10", "--width", "16", "--batch", "32"]),
        AgainstPyTorch(
            "bfloat16", "784-4096×20-10 tanh in bfloat16, batch 4096, recording nothing: the operations of 7.17 products of 8192×8192", "one such product in PyTorch",
            Bfloat16(0), ["product", "--width", "8192"]),
        new(
            "recording-bfloat16", "the same net, recording every step", "recording nothing", NeedsPyTorch: false, () => new ExperimentContestant(Bfloat16(1)),
            () => new ExperimentContestant(Bfloat16(0))),
    ];

    private IReadOnlyList<Benchmark> Anywhere =>
    [
        AgainstPyTorch("every-10th", $"{Net}, recording every 10th step, one thread", "PyTorch, recording nothing", Alone(Mlp(50, 64), 10), ["mlp", "--depth", "50", "--threads", "1"]),
        AgainstPyTorch(
            "every-step", $"{Net}, recording every step, one thread", "PyTorch with a hook and .item() on every layer", Alone(Mlp(50, 64), 1),
            ["mlp", "--depth", "50", "--threads", "1", "--watched"]),
        AgainstPyTorch(
            "surrogate", "784-64×50-10 ReLU with the slope of a sigmoid, recording every 10th step, one thread", "PyTorch with an autograd.Function",
            Alone(Mlp(50, 64, "relu", "sigmoid-function"), 10), ["mlp", "--depth", "50", "--threads", "1", "--activation", "surrogate"]),
        AgainstPyTorch(
            "residual", $"{Net}, a skip over every 2 layers, recording every 10th step, one thread", "PyTorch",
            Alone(Mlp(50, 64) with { Kind = "residual", Skip = new SkipSection { Every = 2, Scale = new BranchScale(null) } }, 10),
            ["residual", "--depth", "50", "--threads", "1"]),
        AgainstPyTorch(
            "members-64", "64 members of 784-16×10-10 tanh, batch 32, one thread", "PyTorch with stacked weights and baddbmm",
            Of(Mlp(10, 16), members: 64, batch: 32), ["members", "--members", "64", "--depth", "10", "--width", "16", "--batch", "32", "--threads", "1"]),
        AgainstPyTorch(
            "members-8", $"8 members of {Net}, one thread", "PyTorch with stacked weights and baddbmm", Of(Mlp(50, 64), members: 8),
            ["members", "--members", "8", "--depth", "50", "--threads", "1"]),
        AgainstPyTorch(
            "members-cores", $"8 members of {Net}, threads auto", "PyTorch with stacked weights and baddbmm, its own threads",
            Of(Mlp(50, 64), members: 8, threads: ThreadCount.Auto), ["members", "--members", "8", "--depth", "50"]),
        AgainstPyTorch(
            "wide", "784-1024×5-10 relu, batch 256, threads auto", "PyTorch, its own threads", Of(Mlp(5, 1024, "relu"), batch: 256, threads: ThreadCount.Auto),
            ["mlp", "--depth", "5", "--width", "1024", "--batch", "256", "--activation", "relu"]),
        AgainstPyTorch(
            "elman-784", "Elman net of 128 tanh units, T = 784, batch 128, recording every timestep of every step, one thread", "nn.RNN, recording nothing",
            Recurrent("elman", ImageForm.Pixels, every: 1), ["rnn", "--timesteps", "784", "--features", "1", "--width", "128", "--threads", "1"]),
        AgainstPyTorch(
            "elman-28", "the same with T = 28", "nn.RNN, recording nothing", Recurrent("elman", ImageForm.Rows, every: 1),
            ["rnn", "--timesteps", "28", "--features", "28", "--width", "128", "--threads", "1"]),
        AgainstPyTorch(
            "gru-28", "GRU of 128 units, T = 28, batch 128, recording nothing, one thread", "nn.GRU", Recurrent("gru", ImageForm.Rows, every: 0),
            ["gru", "--timesteps", "28", "--features", "28", "--width", "128", "--threads", "1"]),
        new(
            "recording-10th", $"{Net}, recording every 10th step, one thread", "recording nothing", NeedsPyTorch: false,
            () => new ExperimentContestant(Alone(Mlp(50, 64), 10)), () => new ExperimentContestant(Alone(Mlp(50, 64), 0))),
        new(
            "recording-every", $"{Net}, recording every step, one thread", "recording nothing", NeedsPyTorch: false,
            () => new ExperimentContestant(Alone(Mlp(50, 64), 1)), () => new ExperimentContestant(Alone(Mlp(50, 64), 0))),
        new(
            "recording-elman-10th", "4 members of an Elman net of 64 relu units, adding, T = 30, batch 50, recording every 10th step, one thread", "recording nothing",
            NeedsPyTorch: false, () => new ExperimentContestant(Adding(10)), () => new ExperimentContestant(Adding(0))),
        new(
            "recording-elman-every", "the same, recording every step", "recording nothing", NeedsPyTorch: false,
            () => new ExperimentContestant(Adding(1)), () => new ExperimentContestant(Adding(0))),
        new(
            "whole-run", $"a run of {Net} with its database, checkpoints and an evaluation every epoch of 468 steps, recording every 10th step, one thread", "its steps alone",
            NeedsPyTorch: false, () => new RunContestant(Alone(Mlp(50, 64), 10)), () => new ExperimentContestant(Alone(Mlp(50, 64), 10))) { Steps = TwoEpochs },
        new(
            "checkpoints", "the same with a checkpoint every 50 steps, twenty times as often as by default", "with one at its end",
            NeedsPyTorch: false, () => new RunContestant(Keeping(50)), () => new RunContestant(Keeping(0))) { Steps = TwoEpochs },
        .. MeasurementRegistry.All.Select(entry => new Benchmark(
            $"measure-{entry.Name}", $"{ModelOf(entry).Kind} of 50 layers of 64 {(entry.Activation is { } own ? $"{own} units" : "relu units with the slope of a sigmoid")}, batch 128, measuring {entry.Name} every step, one thread",
            "recording every step", NeedsPyTorch: false, () => new ExperimentContestant(Measuring(entry, entry.Name)), () => new ExperimentContestant(Measuring(entry)))),
        new(
            "record-784", "rows of 784 timesteps × 64 members into run.db, every step, no training", "the same numbers as bytes into a plain file",
            NeedsPyTorch: false, () => new RecordContestant(members: 64, timesteps: 784), () => new PlainFileContestant(members: 64, timesteps: 784)),
        new(
            "together", $"8 members of {Net} in one run, one thread", "8 runs of one member", NeedsPyTorch: false,
            () => new ExperimentContestant(Of(Mlp(50, 64), members: 8)),
            () => new OneByOneContestant([.. Enumerable.Range(0, 8).Select(seed => new ExperimentContestant(
                Of(Mlp(50, 64)) with { Seeds = new SeedSection { First = seed } }))])),
        new(
            "sigmoid", "784-64×100-10 sigmoid, batch 128, one thread", "the same with tanh", NeedsPyTorch: false,
            () => new ExperimentContestant(Of(Mlp(100, 64, "sigmoid"))), () => new ExperimentContestant(Of(Mlp(100, 64)))),
        new(
            "library", $"{Net}, from torch.nn and torch.optim as any TorchSharp program, one thread", "PyTorch", NeedsPyTorch: true,
            () => new LibraryContestant(50, 64, 128, device), () => Torched(["mlp", "--depth", "50", "--threads", "1"])),
    ];

    private static ModelSection Mlp(int depth, int width, string activation = "tanh", string backward = "exact") => new()
    {
        Depth = depth, Width = width, Activation = new ActivationSection { Forward = activation, Backward = backward },
    };

    private Experiment Alone(ModelSection model, int every) => Of(model) with { Gradients = new GradientSection { Every = every } };

    private Experiment Keeping(int every) => Alone(Mlp(50, 64), 10) with { Checkpoint = new CheckpointSection { Every = every } };

    private Experiment Bfloat16(int every) =>
        Alone(Mlp(20, 4096), every) with { Precision = Precision.Bfloat16, Data = new DataSection { Batch = 4096 } };

    /// <summary>The first model that it is for.</summary>
    private static ModelSection ModelOf(MeasurementEntry entry) => (entry.Activation is { } own ? Mlp(50, 64, own) : Mlp(50, 64, "relu", "sigmoid-function")) with
    {
        Kind = entry.Models[0], Skip = new SkipSection { Every = 2, Scale = new BranchScale(null) },
    };

    private Experiment Measuring(MeasurementEntry entry, params string[] names) =>
        Of(ModelOf(entry)) with { Gradients = new GradientSection { Every = 1, Measure = [.. names] } };

    private Experiment Of(ModelSection model, int members = 1, int batch = 128, ThreadCount? threads = null) => new()
    {
        Device = _device,
        Threads = threads ?? new ThreadCount(1),
        Seeds = new SeedSection { Count = members },
        Data = new DataSection { Batch = batch },
        Model = model,
        Training = new TrainingSection { Optimizer = new OptimizerSection { Lr = 0.001, Momentum = 0.9 } },
    };

    private Experiment Recurrent(string kind, ImageForm form, int every) =>
        Alone(new ModelSection { Kind = kind, Depth = 1, Width = 128 }, every) with { Data = new DataSection { Form = form } };

    private Experiment Adding(int every) =>
        Alone(new ModelSection { Kind = "elman", Depth = 1, Activation = new ActivationSection { Forward = "relu" } }, every) with
        {
            Seeds = new SeedSection { Count = 4 },
            Data = new DataSection { Source = "adding", Length = 30, Train = 50_000, Test = 5_000, Batch = 50 },
            Training = new TrainingSection { Optimizer = new OptimizerSection { Kind = "adam", Lr = 0.001 } },
        };

    private Benchmark AgainstPyTorch(string name, string work, string against, Experiment ours, string[] theirs) =>
        new(name, work, against, NeedsPyTorch: true, () => new ExperimentContestant(ours), () => Torched(theirs));

    private PyTorchContestant Torched(string[] arguments) => new(torch, [.. arguments, "--device", _device]);
}
