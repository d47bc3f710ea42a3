using GradTorch.Configuration;
using GradTorch.Models.Recurrent;

namespace GradTorch.Training;

/// <summary>The regularisers of gradients that an experiment can name.</summary>
[RegistryOf("a regulariser")]
public static class RegulariserRegistry
{
    /// <summary>Nothing beside the loss.</summary>
    public const string None = "none";

    public static IReadOnlyList<RegulariserEntry> All { get; } =
    [
        new(None, "L", "the loss alone", []),
        new("vanishing-gradient", "L + λ Ω, Ω = mean of (‖δ_t Wᵀ‖²/‖∂L/∂h_t‖² − 1)² over sequences and timesteps",
            "Pascanu, Mikolov & Bengio 2013, arXiv 1211.5063, equation 10; λ = 4 there, λ = 1 is our choice", [RecurrentKind.Elman.Name]),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. All.Select(entry => entry.Name)];

    /// <exception cref="KeyNotFoundException">No regulariser has that name.</exception>
    public static RegulariserEntry Find(string name) =>
        All.FirstOrDefault(entry => entry.Name == name) ?? throw new KeyNotFoundException($"'{name}' is not a regulariser");
}

/// <summary>One regulariser of the registry.</summary>
/// <param name="Models">Kinds of model that it is made for; none for a name that adds nothing.</param>
public sealed record RegulariserEntry(string Name, string Formula, string Reference, IReadOnlyList<string> Models);
