namespace GradTorch.Configuration.Sources;

/// <summary>
/// Options <c>--model:depth 20</c> or <c>--model:depth=20</c>. Stricter than the provider of
/// Microsoft.Extensions.Configuration, which passes over whatever it can't read.
/// </summary>
internal sealed class CommandLineLayer(IReadOnlyList<string> arguments) : SettingsLayer
{
    private const string Source = "command line";
    private const string Dashes = "--";

    /// <inheritdoc/>
    public override void Load()
    {
        for (int i = 0; i < arguments.Count; i++)
        {
            string argument = arguments[i];
            if (!IsOption(argument))
            {
                Errors.Add(new ConfigurationError(
                    "", Source, null, null, $"found {Found.Quote(argument)}; allowed: --section:key value"));
                continue;
            }

            string[] parts = argument[Dashes.Length..].Split('=', 2);
            string? value = parts.Length == 2 ? parts[1] : null;
            if (value is null && i + 1 < arguments.Count && !IsOption(arguments[i + 1]))
            {
                value = arguments[++i];
            }

            if (value is null)
            {
                Errors.Add(new ConfigurationError(
                    parts[0], Source, null, null, $"its value is missing; write --{parts[0]} VALUE"));
            }
            else
            {
                Add(new Setting(parts[0], new Found(FoundKind.Word, value), Source, null));
            }
        }
    }

    private static bool IsOption(string argument) => argument.StartsWith(Dashes, StringComparison.Ordinal);
}
