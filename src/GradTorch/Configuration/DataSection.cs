using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace GradTorch.Configuration;

/// <summary>What is learnt, and how it is handed to the network. Keys that only some sources read are
/// null by default, which takes the source's own default.</summary>
public sealed record DataSection : IValidatableObject
{
    [Description("Name of the data source.")]
    [OneOf("a data source")]
    public string Source { get; init; } = "fashion-mnist";

    [Description("Folder or file that holds the data; null looks where the source usually lies.")]
    [UsedWith(nameof(Source))]
    public string? Path { get; init; }

    [Description("Examples in a batch, for each member.")]
    [Range(1, int.MaxValue)]
    public int Batch { get; init; } = 128;

    [Description("Inputs (and a table's target) to mean 0, deviation 1: over all training data, per feature, or not; auto suits the source.")]
    [OneOf(typeof(Standardisation), "a standardisation")]
    public Standardisation Standardise { get; init; } = Standardisation.Auto;

    [Description("Images as vectors (null too), or as sequences of their rows or pixels.")]
    [OneOf(typeof(ImageForm), "a form of images")]
    [UsedWith(nameof(Source))]
    public ImageForm? Form { get; init; }

    [Description("Seed of one permutation of the pixels of every image; null keeps their order.")]
    [Range(0, int.MaxValue)]
    [UsedWith(nameof(Source))]
    public int? PermutationSeed { get; init; }

    [Description("Column of the table that is learnt; the other columns are the inputs.")]
    [UsedWith(nameof(Source))]
    public string? Target { get; init; }

    [Description("What is learnt of the table; auto (null too) is regression if all of the target are numbers.")]
    [OneOf(typeof(TableTask), "a task")]
    [UsedWith(nameof(Source))]
    public TableTask? Task { get; init; }

    [Description("Columns to enter one-hot; null takes those with a value that is no number.")]
    [UsedWith(nameof(Source))]
    public TextList? Categorical { get; init; }

    [Description("Character between the fields of the table; null is a comma.")]
    [RegularExpression("[^\"\r\n]", ErrorMessage = "one character, but no quotation mark or line break")]
    [UsedWith(nameof(Source))]
    public string? Delimiter { get; init; }

    [Description("Part that is kept for the test split: of the table's rows (null: 0.2), or the end of the text (null: 0.1).")]
    [Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)]
    [UsedWith(nameof(Source))]
    public double? TestFraction { get; init; }

    [Description("Seed by which rows of the table are drawn into the test split; null is 0.")]
    [Range(0, int.MaxValue)]
    [UsedWith(nameof(Source))]
    public int? SplitSeed { get; init; }

    [Description("T of the task, or characters of a window of text; null is 100.")]
    [Range(1, int.MaxValue)]
    [UsedWith(nameof(Source))]
    public int? Length { get; init; }

    [Description("Lengths of the adding problem uniform in T to 1.1 T; null and false make all T.")]
    [UsedWith(nameof(Source))]
    public bool? VariableLength { get; init; }

    [Description("Training examples to generate; null is 100000.")]
    [Range(1, int.MaxValue)]
    [UsedWith(nameof(Source))]
    public int? Train { get; init; }

    [Description("Test examples to generate; null is 10000.")]
    [Range(1, int.MaxValue)]
    [UsedWith(nameof(Source))]
    public int? Test { get; init; }

    [Description("Seed that generated examples follow from, the same for all members; null is 0.")]
    [Range(0, int.MaxValue)]
    [UsedWith(nameof(Source))]
    public int? Seed { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        RegistryOfAttribute.Check("a data source", this);
}
