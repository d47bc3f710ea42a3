using System.CommandLine;
using System.CommandLine.Parsing;
using GradTorch.Configuration;

namespace GradTorch.Cli;

/// <summary>What the user wrote, taken apart.</summary>
/// <param name="Verb">Null when only help or the version is asked for.</param>
/// <param name="Words">What follows the verb and is no option.</param>
/// <param name="Keys">Keys of the experiment with their values, in the order given.</param>
/// <param name="Options">The verb's own.</param>
internal sealed record CommandLine(
    Verb? Verb, IReadOnlyList<string> Words, IReadOnlyList<string> Keys, OptionValues Options, bool Json, bool Help, bool Version)
{
    private const string Dashes = "--";

    private static readonly Option<bool> JsonOption = Switch("--json");
    private static readonly Option<bool> HelpOption = Switch("--help", "-h", "-?");
    private static readonly Option<bool> VersionOption = Switch("--version");

    private static readonly string[] ProgramOptions =
        [.. new[] { JsonOption, HelpOption, VersionOption }.SelectMany(option => option.Aliases.Prepend(option.Name))];

    private static readonly Command Root = CreateRoot();

    /// <summary>Whether JSON was asked for, also in a command line that can't be understood.</summary>
    public static bool AsksForJson(IEnumerable<string> arguments) => arguments.Contains(JsonOption.Name);

    /// <exception cref="BadArgumentsException">It can't be understood.</exception>
    public static CommandLine Parse(IReadOnlyList<string> arguments)
    {
        var name = arguments.FirstOrDefault(argument => !argument.StartsWith('-'));
        var verb = name is null ? null : VerbRegistry.All.FirstOrDefault(verb => verb.Name == name) ?? throw UnknownVerb(name);
        var (rest, keys) = verb is { TakesKeys: true } ? SetKeysAside(arguments, verb) : ([.. arguments], []);
        var parsed = Root.Parse(rest, new ParserConfiguration { ResponseFileTokenReplacer = null, EnablePosixBundling = false });
        var words = WordsIn(parsed);
        string[] unexpected = [.. words.Where(IsOption), .. parsed.UnmatchedTokens];
        if (unexpected is [var first, ..]) throw Unexpected(first, verb);
        return new CommandLine(
            verb, words, keys, OptionsIn(parsed, verb), parsed.GetValue(JsonOption), parsed.GetValue(HelpOption), parsed.GetValue(VersionOption));
    }

    /// <summary>Every option that is none of the program's goes to the experiment with its value: the experiment knows its
    /// keys, and what was meant by a wrong one.</summary>
    private static (List<string> Words, List<string> Keys) SetKeysAside(IReadOnlyList<string> arguments, Verb verb)
    {
        var (words, keys) = (new List<string>(), new List<string>());
        for (var i = 0; i < arguments.Count; i++)
        {
            if (!IsKey(arguments[i].Split('=')[0], verb))
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

    private static bool IsKey(string argument, Verb verb) =>
        IsOption(argument) && !OptionsOf(verb).Contains(argument) && NearestOption(argument, verb) is null;

    private static IEnumerable<string> OptionsOf(Verb? verb) =>
        ProgramOptions.Concat(verb?.Options.Select(option => option.Name) ?? []);

    /// <summary>The option that a misspelt one probably means.</summary>
    private static string? NearestOption(string argument, Verb? verb)
    {
        if (!IsOption(argument)) return null;
        var names = OptionsOf(verb).Where(IsOption).Select(name => name[Dashes.Length..]);
        return NearestName.Find(argument[Dashes.Length..], names) is { } name ? Dashes + name : null;
    }

    private static string[] WordsIn(ParseResult parsed) =>
        [.. parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(words => words.Tokens).Select(word => word.Value)];

    private static OptionValues OptionsIn(ParseResult parsed, Verb? verb)
    {
        var written = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var option in verb?.Options ?? [])
        {
            if (parsed.GetResult(option.Name) is not OptionResult { Implicit: false } given) continue;
            if (option.Value is not null && given.Tokens.Count < given.IdentifierTokenCount)
                throw new BadArgumentsException($"{option.Name} needs its value: {option.Synopsis}, {option.Meaning}");
            written.Add(option.Name, [.. given.Tokens.Select(token => token.Value)]);
        }
        return new OptionValues(written);
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
        if (NearestOption(argument, verb) is { } meant)
            return new BadArgumentsException($"'{argument}' is not an option; did you mean '{meant}'?");
        return new BadArgumentsException($"'{argument}' is not expected here; usage: {verb?.Synopsis ?? "gradtorch VERB … [--json]"}");
    }

    private static Option<bool> Switch(string name, params string[] aliases) =>
        new(name, aliases) { Arity = ArgumentArity.Zero, Recursive = true };

    private static Option OptionOf(VerbOption option) => option.Value is null
        ? new Option<bool>(option.Name) { Arity = ArgumentArity.Zero }
        : new Option<string[]>(option.Name) { Arity = ArgumentArity.ZeroOrMore, AllowMultipleArgumentsPerToken = false };

    private static Command CreateRoot()
    {
        var root = new Command("gradtorch") { JsonOption, HelpOption, VersionOption };
        root.TreatUnmatchedTokensAsErrors = false;
        foreach (var verb in VerbRegistry.All)
        {
            var command = new Command(verb.Name) { TreatUnmatchedTokensAsErrors = false };
            if (verb.MostWords > 0) command.Add(new Argument<string[]>("words") { Arity = new ArgumentArity(0, verb.MostWords) });
            foreach (var option in verb.Options) command.Add(OptionOf(option));
            root.Add(command);
        }
        return root;
    }
}
