using GradTorch.Backends;
using GradTorch.Benchmarks;
using GradTorch.Configuration;
using static TorchSharp.torch;

// [--device cpu|cuda] [NAME …]
var arguments = args.ToList();
var at = arguments.IndexOf("--device");
var device = at >= 0 && at + 1 < arguments.Count ? new Device(arguments[at + 1]) : CPU;
if (at >= 0) arguments.RemoveRange(at, Math.Min(2, arguments.Count - at));
// A CUDA device records its steps first and replays them then: portions are longer, so that it is the replay that counts.
var onCuda = device.type == TorchSharp.DeviceType.CUDA;
int Portion(int steps) => onCuda ? 10 * steps : steps;
int Count(int rounds) => onCuda ? 7 : rounds;
var place = device.type == TorchSharp.DeviceType.CPU ? "one thread" : "CUDA";

var benchmarks = new Dictionary<string, Action>
{
    ["mlp-step"] = () =>
    {
        set_num_threads(1);
        TorchBackend.Current.FlushDenormals(true);
        using var theirs = new PyTorchProcess("pytorch_mlp_step.py", device.type.ToString().ToLowerInvariant());
        using var ours = new MlpStep(device);
        Rounds.Compare($"forward + backward + SGD step, 784-64x50-10 tanh, batch 128, {place}", 15, 60,
            ($"PyTorch {theirs.Version}, eager", theirs.Run), (TorchBackend.Current.Source, ours.Run));
    },
    ["recording"] = () =>
    {
        Recording("784-64x50-10 tanh, batch 128", Mlp(50, "tanh"), 60);
    },
    ["training"] = () =>
    {
        var onDevice = device.type.ToString().ToLowerInvariant();
        using var eager = new PyTorchProcess("pytorch_mlp_step.py", onDevice);
        using var watched = new PyTorchProcess("pytorch_mlp_step.py", onDevice, "watched");
        using var tenth = new TrainerSteps(Mlp(50, "tanh") with { Gradients = new GradientSection { Every = 10 } });
        using var every = new TrainerSteps(Mlp(50, "tanh") with { Gradients = new GradientSection { Every = 1 } });
        Rounds.Compare($"training 784-64x50-10 tanh, batch 128, {place}", Count(15), Portion(60),
            ($"PyTorch {eager.Version}, eager, one fixed batch", eager.Run), ("recording every 10th step", tenth.Run),
            ("PyTorch with a hook and .item() on every layer", watched.Run), ("recording every step", every.Run));
    },
    ["recording-elman"] = () =>
    {
        var elman = new ModelSection { Kind = "elman", Depth = 1, Width = 64, Activation = new ActivationSection { Forward = "relu" } };
        var training = new TrainingSection { Optimizer = new OptimizerSection { Kind = "adam", Lr = 0.001 } };
        var seeds = new SeedSection { Count = 4 };
        Recording("4 members of an Elman net of 64 relu units, adding, T=30, batch 50", new Experiment
        {
            Device = device.ToString(), Seeds = seeds, Training = training, Model = elman,
            Data = new DataSection { Source = "adding", Length = 30, Train = 50000, Test = 5000, Batch = 50 },
        }, 60);
        Recording("4 members of an Elman net of 128 tanh units, rows of Fashion-MNIST, T=28, batch 128", new Experiment
        {
            Device = device.ToString(), Seeds = seeds, Training = training,
            Model = elman with { Width = 128, Activation = new ActivationSection { Forward = "tanh" } },
            Data = new DataSection { Form = ImageForm.Rows, Batch = 128 },
        }, 20);
    },
    ["optimizer-share"] = () =>
    {
        Console.WriteLine($"gradients measured, clipped, applied and zeroed: 784-64x50-10 tanh, batch 128, {place} (500 steps)");
        (string Name, OptimizerSection Optimizer, ClipSection Clip)[] cases =
        [
            ("sgd, momentum", new() { Lr = 0.001, Momentum = 0.9 }, new()),
            ("adam", new() { Kind = "adam", Lr = 1e-4 }, new()),
            ("rmsprop", new() { Kind = "rmsprop", Lr = 1e-5 }, new()),
            ("sgd, momentum, norm", new() { Lr = 0.001, Momentum = 0.9 }, new() { Kind = "norm" }),
            ("sgd, momentum, norm of layers", new() { Lr = 0.001, Momentum = 0.9 }, new() { Kind = "norm", Scope = ClipScope.Layer }),
            ("sgd, momentum, value", new() { Lr = 0.001, Momentum = 0.9 }, new() { Kind = "value", Threshold = 0.01 }),
        ];
        foreach (var (name, optimizer, clip) in cases)
        {
            using var share = new OptimizerShare(Mlp(50, "tanh") with { Training = new TrainingSection { Optimizer = optimizer, Clip = clip } });
            share.Measure(name, 500);
        }
    },
    ["ensemble"] = () =>
    {
        const int Members = 8;
        var one = Mlp(50, "tanh");
        TrainerSteps[] alone = [.. Enumerable.Range(0, Members).Select(member => new TrainerSteps(one with { Seeds = new SeedSection { First = member } }))];
        using var together = new TrainerSteps(one with { Seeds = new SeedSection { Count = Members } });
        Rounds.Compare($"training 8 members of 784-64x50-10 tanh, batch 128, {place}", Count(15), Portion(20),
            ("8 runs of one member", steps => alone.Sum(run => run.Run(steps))), ("one run of 8 members", together.Run));
        foreach (var run in alone) run.Dispose();
    },
    ["sigmoid"] = () =>
    {
        using var tanh = new TrainerSteps(Mlp(100, "tanh"));
        using var sigmoid = new TrainerSteps(Mlp(100, "sigmoid"));
        Rounds.Compare($"training 784-64x100-10, batch 128, {place}, denormals flushed", Count(9), Portion(40),
            ("tanh", tanh.Run), ("sigmoid", sigmoid.Run));
    },
    ["rnn-step"] = () =>
    {
        RnnStepAgainstPyTorch(timesteps: 28, features: 28, rounds: 15, steps: 30);
        RnnStepAgainstPyTorch(timesteps: 784, features: 1, rounds: 9, steps: 2);
    },
};
string[] chosen = arguments.Count > 0 ? [.. arguments] : [.. benchmarks.Keys];
foreach (var name in chosen)
{
    if (!benchmarks.TryGetValue(name, out var run))
    {
        Console.Error.WriteLine($"'{name}' is not a benchmark; allowed: {string.Join(", ", benchmarks.Keys)}");
        return 2;
    }
    run();
}
return 0;

void Recording(string net, Experiment experiment, int steps)
{
    using var off = new TrainerSteps(experiment with { Gradients = new GradientSection { Every = 0 } });
    using var tenth = new TrainerSteps(experiment with { Gradients = new GradientSection { Every = 10 } });
    using var every = new TrainerSteps(experiment with { Gradients = new GradientSection { Every = 1 } });
    Rounds.Compare($"training {net}, {place}", Count(15), Portion(steps),
        ("recording nothing", off.Run), ("recording every 10th step", tenth.Run), ("recording every step", every.Run));
}

void RnnStepAgainstPyTorch(int timesteps, int features, int rounds, int steps)
{
    set_num_threads(1);
    TorchBackend.Current.FlushDenormals(true);
    using var theirs = new PyTorchProcess("pytorch_rnn_step.py", timesteps, features, device.type.ToString().ToLowerInvariant());
    using var plain = new RnnStep(timesteps, features, record: false, device);
    using var recorded = new RnnStep(timesteps, features, record: true, device);
    Rounds.Compare($"Elman layer of 128 tanh units, T={timesteps}, D={features}, batch 128, {place}", Count(rounds), Portion(steps),
        ($"PyTorch {theirs.Version}, nn.RNN", theirs.Run), ("recording nothing", plain.Run),
        ("recording every timestep of every step", recorded.Run));
}

Experiment Mlp(int depth, string activation) => new()
{
    Device = device.ToString(),
    Model = new ModelSection { Depth = depth, Activation = new ActivationSection { Forward = activation } },
    Training = new TrainingSection { Optimizer = new OptimizerSection { Lr = 0.001, Momentum = 0.9 } },
};
