using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace GradTorch.Configuration;

/// <summary>The members of the ensemble: member s has the seed <see cref="First"/> + s.</summary>
public sealed record SeedSection : IValidatableObject
{
    [Description("Seed of the first member; the others count on from it.")]
    [Range(0, int.MaxValue)]
    public int First { get; init; }

    [Description("Number of members, trained together, each with its own seed.")]
    [Range(1, int.MaxValue)]
    public int Count { get; init; } = 1;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        long last = (long)First + Count - 1;
        if (last > int.MaxValue)
        {
            yield return new ValidationResult(
                FormattableString.Invariant($"{Count} seeds from {First} end at {last}; allowed: up to {int.MaxValue}"),
                [nameof(Count), nameof(First)]);
        }
    }
}
