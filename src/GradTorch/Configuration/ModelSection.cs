using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace GradTorch.Configuration;

/// <summary>The architecture; every member of the ensemble shares it.</summary>
public sealed record ModelSection : IValidatableObject
{
    [Description("Kind of network: mlp is fully connected, residual has skip connections too; elman, gru and lstm go through time.")]
    [OneOf("a kind of model")]
    public string Kind { get; init; } = "mlp";

    [Description("Number of hidden layers.")]
    [Range(1, 100_000)]
    public int Depth { get; init; } = 5;

    [Description("Units in each hidden layer.")]
    [Range(1, 1_000_000)]
    public int Width { get; init; } = 64;

    [Description("What each hidden unit does to its pre-activation, forwards and backwards.")]
    [UsedWith(nameof(Kind), "mlp", "residual", "elman")]
    public ActivationSection Activation { get; init; } = new();

    [Description("The skip connections of a residual net.")]
    [UsedWith(nameof(Kind), "residual")]
    public SkipSection Skip { get; init; } = new();

    [Description("Normalisation of the hidden layers: by batch, by layer, or none.")]
    [OneOf("a normalisation")]
    [UsedWith(nameof(Kind), "mlp", "residual")]
    public string Norm { get; init; } = "none";

    [Description("Where the normalisation stands in a hidden layer.")]
    [OneOf(typeof(NormPlace), "a place of the normalisation")]
    [UsedWith(nameof(Norm), "batch", "layer")]
    public NormPlace NormPlace { get; init; } = NormPlace.BeforeActivation;

    [Description("Dropout: probability that what a hidden layer gives to the next one becomes 0 in training.")]
    [Range(0.0, 1.0, MaximumIsExclusive = true)]
    public double Dropout { get; init; }

    [Description("Timesteps of a piece in truncated backpropagation through time; null for all of them.")]
    [Range(1, int.MaxValue)]
    [UsedWith(nameof(Kind), "elman", "gru", "lstm")]
    public int? Truncate { get; init; }

    [Description("The distribution that weights and biases are drawn from before training.")]
    public InitSection Init { get; init; } = new();

    [Description("The distribution that recurrent weights W are drawn from; their biases are those of init.")]
    [SharedByMembers(nameof(InitSection.BiasVariance))]
    [UsedWith(nameof(Kind), "elman", "gru", "lstm")]
    public InitSection RecurrentInit { get; init; } = new() { Kind = "orthogonal" };

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Kind == "residual" && Depth % Skip.Every != 0)
        {
            var divisors = Enumerable.Range(1, Math.Min(Depth, 1000)).Where(every => Depth % every == 0);
            yield return new ValidationResult(
                FormattableString.Invariant(
                    $"found {Skip.Every}, which does not divide the depth {Depth}; allowed: {string.Join(", ", divisors)}"),
                [$"{nameof(Skip)}:{nameof(Skip.Every)}", nameof(Depth), nameof(Kind)]);
        }
    }
}
