using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace GradTorch.Runs;

/// <summary>The settings in a run's config.json: those that had a use in it, under the paths of their keys, such as
/// <c>model:activation:forward</c>.</summary>
public sealed class RunConfig
{
    private readonly string _file;
    private readonly IConfigurationRoot _settings;

    private RunConfig(string file, IConfigurationRoot settings) => (_file, _settings) = (file, settings);

    /// <summary>Every key with its value, in the order of the keys.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> All =>
    [
        .. _settings.AsEnumerable().Where(setting => setting.Value is not null)
            .Select(setting => KeyValuePair.Create(setting.Key, setting.Value!)).OrderBy(setting => setting.Key, StringComparer.Ordinal),
    ];

    /// <summary>Null where the key had no use.</summary>
    public string? this[string path] => _settings[path];

    /// <exception cref="RunException">It has no such number.</exception>
    public double Number(string path) =>
        double.TryParse(this[path], NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new RunException($"{_file} has no number {path}. Give a run directory written by this version of GradTorch.");

    /// <exception cref="RunException">There is no such file, or it can't be read.</exception>
    internal static RunConfig Read(string file)
    {
        if (!File.Exists(file)) throw new RunException($"{file} does not exist. Give a run directory written by this version of GradTorch.");
        try
        {
            using var json = File.OpenRead(file);
            return new RunConfig(file, new ConfigurationBuilder().AddJsonStream(json).Build());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or FormatException)
        {
            throw new RunException($"{file} can't be read: {e.Message} Give a run directory written by this version of GradTorch.", e);
        }
    }
}
