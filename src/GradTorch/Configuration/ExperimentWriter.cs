using System.Text.Encodings.Web;
using System.Text.Json;
using GradTorch.Configuration.Fields;

namespace GradTorch.Configuration;

/// <summary>Writes an experiment as <see cref="ExperimentLoader"/> reads it.</summary>
public static class ExperimentWriter
{
    internal static JsonSerializerOptions Format { get; } = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>
    /// Canonical JSON: every field that has a use beside the others, in the order of the records, the same bytes for equal
    /// experiments. Loading it gives an experiment equal to <paramref name="experiment"/>, whose other fields are at their
    /// defaults.
    /// </summary>
    /// <exception cref="ArgumentException">A number is not finite.</exception>
    public static string ToJson(Experiment experiment) =>
        Section.Experiment.ToJson(experiment)!.ToJsonString(Format) + "\n";
}
