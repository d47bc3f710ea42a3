using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using GradTorch.Data;

namespace GradTorch.Configuration;

/// <summary>What is learnt, and how it is handed to the network. From <see cref="Form"/> on, keys belong to some sources
/// only; each is null by default, which takes the source's own default, and is an error at a source that has no use for
/// it.</summary>
public sealed record DataSection : IValidatableObject
{
    [Description("Name of the data source.")]
    [OneOf(typeof(DataSourceRegistry), "a data source")]
    public string Source { get; init; } = "fashion-mnist";

    [Description("Folder or file that holds the data; null looks where the source usually lies.")]
    public string? Path { get; init; }

    [Description("Examples in a batch, for each member.")]
    [Range(1, int.MaxValue)]
    public int Batch { get; init; } = 128;

    [Description("Inputs (and a table's target) to mean 0, deviation 1: over all training data, per feature, or not; auto suits the source.")]
    [OneOf(typeof(Standardisation), "a standardisation")]
    public Standardisation Standardise { get; init; } = Standardisation.Auto;

    [Description("Images as vectors (null too), or as sequences of their rows or pixels.")]
    [OneOf(typeof(ImageForm), "a form of images")]
    public ImageForm? Form { get; init; }

    [Description("Seed of one permutation of the pixels of every image; null keeps their order.")]
    [Range(0, int.MaxValue)]
    public int? PermutationSeed { get; init; }

    [Description("Column of the table that is learnt; the other columns are the inputs.")]
    public string? Target { get; init; }

    [Description("What is learnt of the table; auto (null too) is regression if all of the target are numbers.")]
    [OneOf(typeof(TableTask), "a task")]
    public TableTask? Task { get; init; }

    [Description("Columns to enter one-hot; null takes those with a value that is no number.")]
    public TextList? Categorical { get; init; }

    [Description("Character between the fields of the table; null is a comma.")]
    [RegularExpression("[^\"\r\n]", ErrorMessage = "one character, but no quotation mark or line break")]
    public string? Delimiter { get; init; }

    [Description("Part that is kept for the test split: of the table's rows (null: 0.2), or the end of the text (null: 0.1).")]
    [Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)]
    public double? TestFraction { get; init; }

    [Description("Seed by which rows of the table are drawn into the test split; null is 0.")]
    [Range(0, int.MaxValue)]
    public int? SplitSeed { get; init; }

    [Description("T of the task, or characters of a window of text; null is 100.")]
    [Range(1, int.MaxValue)]
    public int? Length { get; init; }

    [Description("Lengths of the adding problem uniform in T to 1.1 T; null and false make all T.")]
    public bool? VariableLength { get; init; }

    [Description("Training examples to generate; null is 100000.")]
    [Range(1, int.MaxValue)]
    public int? Train { get; init; }

    [Description("Test examples to generate; null is 10000.")]
    [Range(1, int.MaxValue)]
    public int? Test { get; init; }

    [Description("Seed that generated examples follow from, the same for all members; null is 0.")]
    [Range(0, int.MaxValue)]
    public int? Seed { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var source = DataSourceRegistry.Find(Source);
        foreach (var (name, value) in Special())
        {
            if (value is not null && !source.Keys.Contains(name))
            {
                var users = DataSourceRegistry.All.Where(entry => entry.Keys.Contains(name)).Select(entry => entry.Name);
                yield return new ValidationResult(
                    $"{source.Name} has no use for it; allowed: null, or a source that has ({string.Join(", ", users)})",
                    [name, nameof(Source)]);
            }
            else if (value is null && source.Needs.Contains(name))
            {
                yield return new ValidationResult($"not given, and {source.Name} needs it", [name, nameof(Source)]);
            }
        }
        if (Standardise != Standardisation.Auto && !source.Standardisations.Contains(Standardise))
        {
            yield return new ValidationResult(
                $"found {Name(Standardise)}, which does not suit {source.Name}; allowed: "
                + string.Join(", ", source.Standardisations.Prepend(Standardisation.Auto).Select(Name)),
                [nameof(Standardise), nameof(Source)]);
        }
        if (Length < source.LeastLength)
        {
            yield return new ValidationResult(
                FormattableString.Invariant($"found {Length}, too short for {source.Name}; allowed: at least {source.LeastLength}"),
                [nameof(Length), nameof(Source)]);
        }
    }

    /// <summary>The keys that only some sources use.</summary>
    private (string Name, object? Value)[] Special() =>
    [
        (nameof(Path), Path), (nameof(Form), Form), (nameof(PermutationSeed), PermutationSeed), (nameof(Target), Target),
        (nameof(Task), Task), (nameof(Categorical), Categorical), (nameof(Delimiter), Delimiter),
        (nameof(TestFraction), TestFraction), (nameof(SplitSeed), SplitSeed), (nameof(Length), Length),
        (nameof(VariableLength), VariableLength), (nameof(Train), Train), (nameof(Test), Test), (nameof(Seed), Seed),
    ];

    private static string Name(Standardisation standardisation) =>
        JsonNamingPolicy.KebabCaseLower.ConvertName(standardisation.ToString());
}
