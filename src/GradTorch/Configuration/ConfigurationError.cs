using System.Globalization;
using System.Text;

namespace GradTorch.Configuration;

/// <summary>One thing that is wrong with an experiment.</summary>
/// <param name="Path">
/// Where in the experiment, as in <c>model:activation:forward</c>, in canonical spelling as far as the key is known;
/// empty when it is about the source as a whole.
/// </param>
/// <param name="Source">
/// Who said so: the file as it was given, <c>command line</c>, <c>environment variable NAME</c>, or
/// <see cref="Experiment"/>.
/// </param>
/// <param name="Line">Line of the offending key, from 1; null outside files.</param>
/// <param name="Column">Character in that line, from 1, where the text is not JSON; else null.</param>
/// <param name="Message">What was found, what is allowed, and the nearest name if one is near.</param>
public sealed record ConfigurationError(string Path, string Source, int? Line, int? Column, string Message)
{
    /// <summary>The source where it lies in what the sources make together.</summary>
    public const string Experiment = "experiment";

    /// <summary>One line: <c>configs/x.json:12: model:depth: found 0; allowed: …</c></summary>
    public override string ToString()
    {
        var text = new StringBuilder(Source);
        foreach (int? number in new[] { Line, Column })
        {
            if (number is not null)
            {
                text.Append(CultureInfo.InvariantCulture, $":{number}");
            }
        }

        text.Append(": ");
        if (Path.Length > 0)
        {
            text.Append(Path).Append(": ");
        }

        return text.Append(Message).ToString();
    }
}
