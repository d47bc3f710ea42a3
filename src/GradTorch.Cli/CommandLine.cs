using System.CommandLine;
using GradTorch.Configuration;

namespace GradTorch.Cli;

/// <summary>What the user wrote, taken apart.</summary>
/// <param name="Verb">Null when only help or the version is asked for.</param>
/// <param name="Argument">The word after the verb, or null.</param>
/// <param name="Keys">Keys of the experiment with their values, in the order given.</param>
/// <param name="Variant">The one variant to take, or null.</param>
internal sealed record CommandLine(
    Verb? Verb, string? Argument, IReadOnlyList<string> Keys, string? Variant, bool Json, bool Help, bool Version)
{
    private const string Dashes = "--";

    private static readonly Option<bool> JsonOption = Switch("--json");
    private static readonly Option<bool> HelpOption = Switch("--help", "-h", "-?");
    private static readonly Option<bool> VersionOption = Switch("--version");
    private static readonly Option<string?> VariantOption = new("--variant") { Arity = ArgumentArity.ZeroOrOne };
    private static readonly Argument<string?> Word = new("word") { Arity = ArgumentArity.ZeroOrOne };

    private static readonly string[] OptionNames =
        [.. new Option[] { JsonOption, HelpOption, VersionOption, VariantOption }.SelectMany(option => option.Aliases.Prepend(option.Name))];

    private static readonly string[] LongNames =
        [.. OptionNames.Where(IsOption).Select(name => name[Dashes.Length..])];

    private static readonly Command Root = CreateRoot();

    /// <summary>Whether JSON was asked for, also in a command line that can't be understood.</summary>
    public static bool AsksForJson(IEnumerable<string> arguments) => arguments.Contains(JsonOption.Name);

    /// <exception cref="BadArgumentsException">It can't be understood.</exception>
    public static CommandLine Parse(IReadOnlyList<string> arguments)
    {
        var name = arguments.FirstOrDefault(argument => !argument.StartsWith('-'));
        var verb = name is null ? null : VerbRegistry.All.FirstOrDefault(verb => verb.Name == name) ?? throw UnknownVerb(name);
        var (words, keys) = verb is { TakesKeys: true } ? SetKeysAside(arguments) : ([.. arguments], []);
        var parsed = Root.Parse(words, new ParserConfiguration { ResponseFileTokenReplacer = null, EnablePosixBundling = false });
        if (parsed.UnmatchedTokens.Count > 0) throw Unexpected(parsed.UnmatchedTokens[0], verb);
        return new CommandLine(
            verb, verb is { TakesArgument: true } ? parsed.GetValue(Word) : null, keys,
            verb is { TakesKeys: true } ? VariantIn(parsed) : null, parsed.GetValue(JsonOption), parsed.GetValue(HelpOption), parsed.GetValue(VersionOption));
    }

    /// <summary>Every option that is none of the program's goes to the experiment with its value: the experiment knows its
    /// keys, and what was meant by a wrong one.</summary>
    private static (List<string> Words, List<string> Keys) SetKeysAside(IReadOnlyList<string> arguments)
    {
        var (words, keys) = (new List<string>(), new List<string>());
        for (var i = 0; i < arguments.Count; i++)
        {
            if (!IsKey(arguments[i].Split('=')[0]))
            {
                words.Add(arguments[i]);
                continue;
            }
            keys.Add(arguments[i]);
            var valueFollows = !arguments[i].Contains('=') && i + 1 < arguments.Count && !IsOption(arguments[i + 1]);
            if (valueFollows) keys.Add(arguments[++i]);
        }
        return (words, keys);
    }

    private static bool IsOption(string argument) => argument.StartsWith(Dashes, StringComparison.Ordinal);

    private static bool IsKey(string argument) =>
        IsOption(argument) && !OptionNames.Contains(argument) && NearestOption(argument) is null;

    /// <summary>The option that a misspelt one probably means.</summary>
    private static string? NearestOption(string argument) =>
        IsOption(argument) && NearestName.Find(argument[Dashes.Length..], LongNames) is { } name ? Dashes + name : null;

    private static string? VariantIn(ParseResult parsed)
    {
        if (parsed.GetResult(VariantOption) is not { } given) return null;
        return given.Tokens is [var name]
            ? name.Value
            : throw new BadArgumentsException("--variant needs the name of one variant of the experiment's study, as in: --variant relu");
    }

    private static BadArgumentsException UnknownVerb(string name)
    {
        var names = VerbRegistry.All.Select(verb => verb.Name).ToList();
        var meant = NearestName.Find(name, names);
        return new BadArgumentsException(
            $"'{name}' is not a verb; allowed: {string.Join(", ", names)}" + (meant is null ? "" : $"; did you mean '{meant}'?"));
    }

    private static BadArgumentsException Unexpected(string argument, Verb? verb)
    {
        if (NearestOption(argument) is { } meant)
            return new BadArgumentsException($"'{argument}' is not an option; did you mean '{meant}'?");
        var usage = verb is null ? "VERB …" : $"{verb.Name} {verb.Usage}".TrimEnd();
        return new BadArgumentsException($"'{argument}' is not expected here; usage: gradtorch {usage} [--json]");
    }

    private static Option<bool> Switch(string name, params string[] aliases) =>
        new(name, aliases) { Arity = ArgumentArity.Zero, Recursive = true };

    private static Command CreateRoot()
    {
        var root = new Command("gradtorch") { JsonOption, HelpOption, VersionOption };
        root.TreatUnmatchedTokensAsErrors = false;
        foreach (var verb in VerbRegistry.All)
        {
            var command = new Command(verb.Name) { TreatUnmatchedTokensAsErrors = false };
            if (verb.TakesArgument) command.Add(Word);
            if (verb.TakesKeys) command.Add(VariantOption);
            root.Add(command);
        }
        return root;
    }
}
