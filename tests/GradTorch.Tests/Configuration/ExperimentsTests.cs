using System.Text.RegularExpressions;
using GradTorch.Configuration;

namespace GradTorch.Tests.Configuration;

/// <summary>The folder experiments: what is asked can be run again, and what was found can be seen.</summary>
public sealed partial class ExperimentsTests
{
    private static readonly string Root = Path.Combine(Path.GetDirectoryName(ConfigsFolder.Path)!, "experiments");

    public static TheoryData<string> Folders => [.. FolderNames()];

    public static TheoryData<string> Files => [.. FolderNames().SelectMany(folder => FilesOf(folder, "*.json").Select(file => $"{folder}/{file}"))];

    [Theory]
    [MemberData(nameof(Files))]
    public void Each_loads_names_the_schema_and_its_page_says_how_to_run_it(string file)
    {
        var path = Path.Combine(Root, file);
        ExperimentLoader.Load(path, [], new Dictionary<string, string>());
        Assert.Contains("\"$schema\": \"../../configs/experiment.schema.json\"", File.ReadAllText(path), StringComparison.Ordinal);
        Assert.Matches($"gradtorch (run|map) {Regex.Escape(Path.GetFileName(file))}", Page(Path.GetDirectoryName(file)!));
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_page_shows_the_pictures_of_its_folder_and_says_how_each_was_drawn(string folder)
    {
        var page = Page(folder);
        var pictures = FilesOf(folder, "*.svg");
        Assert.NotEmpty(pictures);
        Assert.Equal(pictures, Shown().Matches(page).Select(shown => shown.Groups["file"].Value).Order(StringComparer.Ordinal));
        Assert.All(pictures, picture => Assert.Contains($" {picture}", page, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void The_table_of_experiments_has_it(string folder) =>
        Assert.Contains($"]({folder}/README.md)", File.ReadAllText(Path.Combine(Root, "README.md")), StringComparison.Ordinal);

    private static string[] FolderNames() => [.. Directory.GetDirectories(Root).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)];

    private static string[] FilesOf(string folder, string pattern) =>
        [.. Directory.GetFiles(Path.Combine(Root, folder), pattern).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    private static string Page(string folder) => File.ReadAllText(Path.Combine(Root, folder, "README.md"));

    [GeneratedRegex(@"!\[[^\]]+\]\((?<file>[^)]+\.svg)\)")]
    private static partial Regex Shown();
}
