using GradTorch.Runs;

namespace GradTorch.Tests.Runs;

public sealed class RunDirectoryTests : IDisposable
{
    private readonly TemporaryFolder root = new();

    public void Dispose() => root.Dispose();

    [Fact]
    public void Runs_of_a_name_are_numbered_and_variants_have_their_own_folders()
    {
        Assert.Equal(root.File("tanh-50", "001"), RunDirectory.Create(root.Path, "tanh-50").Path);
        Assert.Equal(root.File("tanh-50", "002"), RunDirectory.Create(root.Path, "tanh-50").Path);
        Assert.Equal(root.File("other", "001"), RunDirectory.Create(root.Path, "other").Path);
        Assert.Equal(root.File("fixes", "relu", "001"), RunDirectory.Create(root.Path, "fixes", "relu").Path);
        Assert.Equal(root.File("fixes", "sigmoid", "001"), RunDirectory.Create(root.Path, "fixes", "sigmoid").Path);
    }

    [Fact]
    public void A_number_comes_after_the_highest_there_is_whoever_made_its_folder()
    {
        Directory.CreateDirectory(root.File("name", "007"));
        Directory.CreateDirectory(root.File("name", "notes"));
        Assert.Equal(root.File("name", "008"), RunDirectory.Create(root.Path, "name").Path);
        Directory.CreateDirectory(root.File("name", "999"));
        Assert.Equal(root.File("name", "1000"), RunDirectory.Create(root.Path, "name").Path);
        Assert.Equal(root.File("name", "1001"), RunDirectory.Create(root.Path, "name").Path);
        Assert.Empty(Directory.GetFileSystemEntries(root.File("name", "007")));
    }

    [Fact]
    public async Task Runs_that_start_at_once_get_different_folders()
    {
        var runs = await Task.WhenAll(
            Enumerable.Range(0, 24).Select(_ => Task.Run(() => RunDirectory.Create(root.Path, "name").Path)));
        var expected = Enumerable.Range(1, 24).Select(i => root.File("name", $"{i:000}"));
        Assert.Equal(expected, runs.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("fashion-mnist-tanh-50", "fashion-mnist-tanh-50")]
    [InlineData("relu, sigmoid as derivative", "relu-sigmoid-as-derivative")]
    [InlineData("tanh + skip", "tanh-+-skip")]
    [InlineData("lr=0.1", "lr=0.1")]
    [InlineData("../../etc/passwd", "etc-passwd")]
    [InlineData("a\\b:c*d?e\"f<g>h|i\0j\nk", "a-b-c-d-e-f-g-h-i-j-k")]
    [InlineData("..hidden..", "hidden")]
    [InlineData("Größe χ₁", "Größe-χ")]
    [InlineData("20", "_20")]
    [InlineData("con", "_con")]
    [InlineData("Nul.txt", "_Nul.txt")]
    [InlineData("console", "console")]
    public void A_name_becomes_a_folder_name_that_every_system_takes(string name, string folder) =>
        Assert.Equal(root.File(folder, "001"), RunDirectory.Create(root.Path, name).Path);

    [Fact]
    public void Long_names_that_differ_only_at_their_ends_stay_apart()
    {
        var one = RunFolderName.Of(new string('x', 300) + "1");
        var two = RunFolderName.Of(new string('x', 300) + "2");
        Assert.Equal((100, 100), (one.Length, two.Length));
        Assert.NotEqual(one, two);
    }

    [Theory]
    [InlineData("")]
    [InlineData("...")]
    [InlineData(" / ")]
    public void A_name_with_nothing_to_name_a_folder_by_is_refused(string name)
    {
        var message = Assert.Throws<RunException>(() => RunDirectory.Create(root.Path, name)).Message;
        Assert.Contains($"\"{name}\"", message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_output_folder_that_cannot_be_written_is_told()
    {
        var file = root.Write("file", []);
        var message = Assert.Throws<RunException>(() => RunDirectory.Create(file, "name")).Message;
        Assert.Contains(Path.Combine(file, "name"), message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_earlier_run_is_opened_by_its_manifest()
    {
        var run = RunDirectory.Create(root.Path, "name");
        var message = Assert.Throws<RunException>(() => RunDirectory.Open(run.Path)).Message;
        Assert.Contains("not a run directory", message, StringComparison.Ordinal);
        run.WriteConfig("{}");
        run.WriteManifest(RunManifestTests.Sample);
        var again = RunDirectory.Open(run.Path);
        Assert.Equal(run.Path, again.Path);
        Assert.Equal(RunManifestTests.Sample.ToJson(), again.ReadManifest().ToJson());
        Assert.Equal("{}", File.ReadAllText(again.ConfigFile));
        Assert.Equal(
            ["config.json", "log.txt", "manifest.json"],
            Directory.GetFileSystemEntries(run.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void A_manifest_that_is_not_one_is_told()
    {
        var run = RunDirectory.Create(root.Path, "name");
        File.WriteAllText(run.ManifestFile, "{ \"name\": 3 }");
        var message = Assert.Throws<RunException>(run.ReadManifest).Message;
        Assert.StartsWith(run.ManifestFile, message, StringComparison.Ordinal);
    }
}
