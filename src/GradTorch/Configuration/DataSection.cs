using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using GradTorch.Data;

namespace GradTorch.Configuration;

/// <summary>What is learnt, and how it is handed to the network.</summary>
public sealed record DataSection
{
    [Description("Name of the data source.")]
    [OneOf(typeof(DataSourceRegistry), "a data source")]
    public string Source { get; init; } = "fashion-mnist";

    [Description("Folder or file that holds the data; null looks where the source usually lies.")]
    public string? Path { get; init; }

    [Description("Examples in a batch, for each member.")]
    [Range(1, int.MaxValue)]
    public int Batch { get; init; } = 128;

    [Description("Inputs to mean 0 and deviation 1: over the whole training split, per feature, or not at all.")]
    [OneOf(typeof(Standardisation), "a standardisation")]
    public Standardisation Standardise { get; init; } = Standardisation.Dataset;
}
