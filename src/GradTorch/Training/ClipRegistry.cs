using GradTorch.Backends;
using GradTorch.Configuration;
using GradTorch.Models;

namespace GradTorch.Training;

/// <summary>The ways to clip gradients that an experiment can name.</summary>
[RegistryOf("a way to clip")]
public static class ClipRegistry
{
    /// <summary>Gradients are not clipped.</summary>
    public const string None = "none";

    public static IReadOnlyList<ClipEntry> All { get; } =
    [
        new(None, "g", "every gradient as it is", [], (_, _, _, _) => null),
        new("norm", "g · min(1, c/(‖g‖ + 1e-6)), ‖g‖ of a member or of each of its layers",
            "Pascanu, Mikolov & Bengio 2013, arXiv 1211.5063; torch.nn.utils.clip_grad_norm_", ["scope", "threshold"],
            (section, thresholds, model, backend) => new NormClip(
                thresholds, backend, model.Parameters.Gradients, section.Scope == ClipScope.Layer ? model.LayerRanges() : null)),
        new("value", "min(max(g, −c), c)", "torch.nn.utils.clip_grad_value_", ["threshold"],
            (_, thresholds, model, backend) => new ValueClip(thresholds, backend, model.Parameters.Gradients.device)),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. All.Select(entry => entry.Name)];

    /// <summary>The ways to clip that read that key of their section.</summary>
    public static IReadOnlyList<string> UsersOf(string key) =>
        [.. All.Where(entry => entry.Options.Contains(key)).Select(entry => entry.Name)];

    /// <exception cref="KeyNotFoundException">No way to clip has that name.</exception>
    public static ClipEntry Find(string name) =>
        All.FirstOrDefault(entry => entry.Name == name) ?? throw new KeyNotFoundException($"'{name}' is not a way to clip");
}

/// <summary>One way to clip of the registry.</summary>
/// <param name="Options">The keys of the section that it reads; the others are refused.</param>
/// <param name="Create">Makes it for each member's threshold; null where nothing is clipped.</param>
public sealed record ClipEntry(
    string Name, string Formula, string Reference, IReadOnlyList<string> Options,
    Func<ClipSection, IReadOnlyList<double>, EnsembleModel, ITorchBackend, GradientClip?> Create);
