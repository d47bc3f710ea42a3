using System.Text.RegularExpressions;
using GradTorch.Tests.Configuration;

namespace GradTorch.Tests;

/// <summary>CONTRIBUTING.md against the tree: each recipe names all the files that know its example, and none that is not there.
/// </summary>
public sealed partial class ContributingTests
{
    private const string Quantity = "A measured quantity";

    private static readonly string Root = Path.GetDirectoryName(ConfigsFolder.Path)!;

    private static readonly string Text = File.ReadAllText(Path.Combine(Root, "CONTRIBUTING.md"));

    /// <summary>Things to add with their recipes: the example's name, and the files in order.</summary>
    private static readonly Dictionary<string, (string Example, string[] Files)> Recipes = Recipe().Matches(Text).ToDictionary(
        recipe => recipe.Groups["thing"].Value,
        recipe => (recipe.Groups["example"].Value, recipe.Groups["file"].Captures.Select(file => file.Value).ToArray()));

    public static TheoryData<string> Things => [.. Recipes.Keys];

    [Fact]
    public void There_is_a_recipe_for_everything_that_is_added_often() => Assert.Equal(
        [
            "An activation", "A surrogate derivative", "An initialiser", "A model", "A data source", Quantity, "A measurement that is asked for", "A verb", "A picture",
        ],
        Recipes.Keys);

    [Fact]
    public void Every_path_it_names_is_there() => Assert.All(
        PathInTicks().Matches(Text).Select(path => path.Groups["path"].Value),
        path => Assert.True(File.Exists(Path.Combine(Root, path)), path));

    [Theory]
    [MemberData(nameof(Things))]
    public void Sources_that_know_the_example_are_those_of_its_recipe(string thing)
    {
        var (example, files) = Recipes[thing];
        var name = new Regex($@"\b{example}\b");
        var known = new[] { "src/GradTorch", "src/GradTorch.Cli" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories))
            .Where(file => name.IsMatch(File.ReadAllText(file)))
            .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
            .Where(file => !file.Split('/').Any(part => part is "obj" or "bin"));
        // What is measured is shown and read, too, where that has a use.
        if (thing != Quantity) Assert.Subset(new HashSet<string>(files), known.ToHashSet());
        Assert.Matches(name, File.ReadAllText(Path.Combine(Root, files[0])));
        Assert.Matches(name, File.ReadAllText(Path.Combine(Root, files[1])));
    }

    [Theory]
    [MemberData(nameof(Things))]
    public void A_recipe_touches_four_files_at_most(string thing)
    {
        // What is measured is a column of run.db and of README's table too.
        var most = thing == Quantity ? 6 : 4;
        Assert.InRange(Recipes[thing].Files.Length, 3, most);
    }

    [GeneratedRegex(@"^### (?<thing>[^:\n]+): (?<example>\w+)\n\n(?:- `(?<file>[^`]+)`: [^\n]+\n)+", RegexOptions.Multiline)]
    private static partial Regex Recipe();

    [GeneratedRegex(@"`(?<path>[\w./-]+/[\w.-]+\.\w+|README\.md)`")]
    private static partial Regex PathInTicks();
}
