using System.Text.Encodings.Web;
using System.Text.Json;

namespace GradTorch.Runs;

/// <summary>How the files that a run, a study or a map is known by are written: for people, too.</summary>
internal static class RecordJson
{
    /// <summary>Indented, with camelCase names and "\n" on every system; what must be there must be there when it is read.</summary>
    public static JsonSerializerOptions Options { get; } = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        // "tanh + skip", not "tanh \u002B skip". It is never put into a page unescaped.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };
}
