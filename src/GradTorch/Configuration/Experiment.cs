using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using GradTorch.Configuration.Fields;

namespace GradTorch.Configuration;

/// <summary>
/// A whole experiment, resolved: what <see cref="ExperimentLoader"/> read from file, environment and command line, and
/// the default of every field that none of them gave.
/// </summary>
/// <remarks>
/// Each field of a section is one property that carries its default (the initialiser), its range
/// (<see cref="RangeAttribute"/>, <see cref="OneOfAttribute"/> or <see cref="RegularExpressionAttribute"/>) and its
/// sentence (<see cref="DescriptionAttribute"/>). Validation, the JSON schema and <c>config.json</c> are derived from
/// these, so adding a field or a section is adding a property.
/// </remarks>
public sealed record Experiment
{
    [Description("Name of the experiment and of its folder below output.")]
    [RegularExpression(
        "[A-Za-z0-9]([A-Za-z0-9._-]{0,98}[A-Za-z0-9])?",
        ErrorMessage = "1 to 100 letters, digits, '.', '_' or '-', a letter or digit at either end")]
    public string Name { get; init; } = "experiment";

    [Description("Where to train: auto takes the first CUDA device if there is one, else the CPU.")]
    [RegularExpression(
        "auto|cpu|cuda(:(0|[1-9][0-9]{0,2}))?", ErrorMessage = "auto, cpu, cuda, cuda:N with N from 0 to 999")]
    public string Device { get; init; } = "auto";

    [Description("Floating-point type; tf32 is float32 with rounder products on CUDA, bfloat16 and float16 are of activations only.")]
    [OneOf(typeof(Precision), "a precision")]
    public Precision Precision { get; init; } = Precision.Float32;

    [Description("Whether numbers below the smallest normal one become 0 (flush) or are kept, which is slow on CPUs.")]
    [OneOf(typeof(Denormals), "a treatment of denormals")]
    public Denormals Denormals { get; init; } = Denormals.Flush;

    [Description("CPU threads of one run: auto gives large members, or the products of a wide one, all cores, and takes one else.")]
    public ThreadCount Threads { get; init; } = ThreadCount.Auto;

    [Description("Whether steps on a CUDA device are recorded as a CUDA graph and replayed; those that can't be go on without.")]
    public bool CudaGraphs { get; init; } = true;

    [Description("Folder in which run directories are made, relative to the working directory.")]
    public string Output { get; init; } = "runs";

    [Description("Seeds of the members: initial weights and order of the data follow from them.")]
    public SeedSection Seeds { get; init; } = new();

    [Description("In what members differ beside their seeds; every combination is trained with every seed.")]
    public MembersSection Members { get; init; } = new();

    [Description("What is learnt.")]
    public DataSection Data { get; init; } = new();

    [Description("The network that learns it.")]
    public ModelSection Model { get; init; } = new();

    [Description("How it learns.")]
    public TrainingSection Training { get; init; } = new();

    [Description("How often the gradients of every layer are recorded.")]
    public GradientSection Gradients { get; init; } = new();

    [Description("When a run keeps what it needs to go on after a stop.")]
    public CheckpointSection Checkpoint { get; init; } = new();

    [Description("When gradients count as vanishing or exploding; the training does not depend on it.")]
    public VerdictSection Verdict { get; init; } = new();

    [Description("Variants of the experiment, trained one after another and compared.")]
    public StudySection Study { get; init; } = new();

    /// <summary>An experiment for each combination of what members vary, in their order: with these values in their keys'
    /// places, and with nothing left to vary.</summary>
    public IEnumerable<Experiment> Combinations()
    {
        Field[] fields = [.. Members.Vary.Keys.Select(key => Section.Variation.Find(key.Path)!.Item)];
        var alone = this with { Members = new(), Study = new() };
        return Members.Combinations().Select(values => fields.Zip(values).Aggregate(
            alone, (made, own) => (Experiment)Section.Experiment.With(made, own.First, own.Second)));
    }
}
