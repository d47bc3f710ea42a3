using System.Text;
using System.Text.Json;
using GradTorch.Configuration.Fields;
using Microsoft.Extensions.Configuration;

namespace GradTorch.Configuration.Sources;

/// <summary>
/// A JSON file, with comments and trailing commas if it likes. Knows the line of every key and the type of every value,
/// which the provider of Microsoft.Extensions.Configuration forgets.
/// </summary>
/// <param name="text">What is in it, if that is known; null to read it.</param>
internal sealed class JsonFileLayer(string path, string? text = null) : SettingsLayer
{
    private static readonly JsonReaderOptions Options =
        new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private byte[] _text = [];

    /// <inheritdoc/>
    public override void Load()
    {
        try
        {
            _text = text is null ? File.ReadAllBytes(path) : Encoding.UTF8.GetBytes(text);
            var reader = new Utf8JsonReader(WithoutByteOrderMark(_text), Options);
            reader.Read();
            ReadValue(ref reader, "", LineOf(reader.TokenStartIndex));

            // Finds what stands after the end.
            reader.Read();
        }
        catch (JsonException exception)
        {
            Fail(exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            Fail(null, null, WhyUnreadable(exception));
        }
    }

    private static ReadOnlySpan<byte> WithoutByteOrderMark(ReadOnlySpan<byte> text) =>
        text.StartsWith(Encoding.UTF8.Preamble) ? text[Encoding.UTF8.Preamble.Length..] : text;

    private void ReadValue(ref Utf8JsonReader reader, string key, int line)
    {
        Found found = reader.TokenType switch
        {
            JsonTokenType.StartObject => new Found(FoundKind.Section, ""),
            JsonTokenType.StartArray => new Found(FoundKind.List, "", ReadItems(ref reader)),
            _ => Scalar(ref reader),
        };
        if (Add(new Setting(key, found, path, line)) && found.Kind == FoundKind.Section)
        {
            ReadKeys(ref reader, key);
        }
        else
        {
            reader.Skip();
        }
    }

    private Found Scalar(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => new Found(FoundKind.Text, Text(ref reader)),
        JsonTokenType.Null => new Found(FoundKind.Null, "null"),
        JsonTokenType.True => new Found(FoundKind.Boolean, "true"),
        JsonTokenType.False => new Found(FoundKind.Boolean, "false"),
        _ => new Found(FoundKind.Number, Encoding.UTF8.GetString(reader.ValueSpan)),
    };

    /// <summary>The values of a list; what holds values itself is there as its text.</summary>
    private List<Found> ReadItems(ref Utf8JsonReader reader)
    {
        var items = new List<Found>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(reader.TokenType switch
            {
                JsonTokenType.StartObject => new Found(FoundKind.Section, Skipped(ref reader)),
                JsonTokenType.StartArray => new Found(FoundKind.List, Skipped(ref reader)),
                _ => Scalar(ref reader),
            });
        }

        return items;
    }

    /// <summary>The text of a section or list, with the reader at its end.</summary>
    private string Skipped(ref Utf8JsonReader reader)
    {
        int start = (int)reader.TokenStartIndex;
        reader.Skip();
        return Encoding.UTF8.GetString(Content[start..(int)reader.BytesConsumed]);
    }

    private void ReadKeys(ref Utf8JsonReader reader, string section)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            int line = LineOf(reader.TokenStartIndex);
            string name = Text(ref reader);
            reader.Read();
            if (section.Length == 0 && name == ExperimentLoader.SchemaKey)
            {
                reader.Skip();
            }
            else if (WrongName(section, name) is { } complaint)
            {
                Errors.Add(new ConfigurationError(section, path, line, null, complaint));
                reader.Skip();
            }
            else
            {
                ReadValue(ref reader, section.Length == 0 ? name : ConfigurationPath.Combine(section, name), line);
            }
        }
    }

    /// <summary>What is wrong with the spelling of a key, whatever it stands for. Only <c>members:vary</c> and
    /// <c>study:grid</c> hold paths.</summary>
    private static string? WrongName(string section, string name)
    {
        if (section.Equals(Section.Variants.Path, StringComparison.OrdinalIgnoreCase))
        {
            return VariantsNode.IsName(name)
                ? null
                : $"found the name {Found.Quote(name)}; allowed: {VariantsNode.AllowedNames}";
        }

        string inVariant = Section.Variants.Split(section)?.Path ?? section;
        return !name.Contains(ConfigurationPath.KeyDelimiter, StringComparison.Ordinal)
            || Section.Experiment.Follow(inVariant) is (ListsNode, [])
                ? null
                : $"found the key {Found.Quote(name)}; in a file write sections inside each other";
    }

    /// <summary>A string or key; one that isn't Unicode text is malformed like the rest.</summary>
    private string Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            int line = LineOf(reader.TokenStartIndex);
            long start = Content[..(int)reader.TokenStartIndex].LastIndexOf((byte)'\n') + 1;
            throw new JsonException("The text is not valid Unicode.", null, line - 1, reader.TokenStartIndex - start);
        }
    }

    private ReadOnlySpan<byte> Content => WithoutByteOrderMark(_text);

    private int LineOf(long position) => 1 + Content[..(int)position].Count((byte)'\n');

    /// <summary>Reports malformed JSON, with the reader's own words but for the position at their end.</summary>
    private void Fail(JsonException exception)
    {
        int line = (int)(exception.LineNumber ?? 0);
        ReadOnlySpan<byte> rest = Content;
        for (int skipped = 0; skipped < line; skipped++)
        {
            rest = rest[(rest.IndexOf((byte)'\n') + 1)..];
        }

        int bytes = (int)Math.Min(exception.BytePositionInLine ?? 0, rest.Length);
        string words = Content.Trim(" \t\r\n"u8).IsEmpty
            ? "the file is empty; the least of an experiment is {}"
            : exception.Message.Split(" LineNumber:")[0];
        Fail(line + 1, Encoding.UTF8.GetCharCount(rest[..bytes]) + 1, $"not valid JSON: {words}");
    }

    private void Fail(int? line, int? column, string message)
    {
        IsComplete = false;
        Errors.Add(new ConfigurationError("", path, line, column, message));
    }

    private string WhyUnreadable(Exception exception)
    {
        if (Directory.Exists(path))
        {
            return "this is a folder; allowed: a JSON file";
        }

        if (exception is not (FileNotFoundException or DirectoryNotFoundException))
        {
            return $"can't be read: {exception.Message}";
        }

        string folder = Path.GetDirectoryName(path) ?? "";
        string[] others = Directory.Exists(folder.Length == 0 ? "." : folder)
            ? Directory.GetFiles(folder.Length == 0 ? "." : folder, "*.json")
            : [];
        string? nearest = NearestName.Find(Path.GetFileName(path), others.Select(other => Path.GetFileName(other)));
        return "there is no such file" + (nearest is null ? "" : $"; did you mean '{Path.Combine(folder, nearest)}'?");
    }
}
