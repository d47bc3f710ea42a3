using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace GradTorch.Configuration;

/// <summary>The recording of gradients.</summary>
public sealed record GradientSection : IValidatableObject
{
    [Description("Steps between recordings; 0 records nothing.")]
    [Range(0, int.MaxValue)]
    public int Every { get; init; } = 10;

    [Description("Steps between transfers of what was recorded from the device to the database.")]
    [Range(1, int.MaxValue)]
    public int Flush { get; init; } = 200;

    [Description("What is measured at recorded steps beside what every record holds; costs passes of its own.")]
    [OneOf("a measurement")]
    public TextList Measure { get; init; } = [];

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Flush < Every)
        {
            yield return new ValidationResult(
                FormattableString.Invariant($"found {Flush}, less than every ({Every}); allowed: at least every"),
                [nameof(Flush), nameof(Every)]);
        }

        if (Every == 0 && Measure.Count > 0)
        {
            yield return new ValidationResult(
                $"found {Measure}, but every is 0, which records nothing; allowed: only with every above 0",
                [nameof(Measure), nameof(Every)]);
        }
    }
}
