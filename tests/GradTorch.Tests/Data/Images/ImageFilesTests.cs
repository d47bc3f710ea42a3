using GradTorch.Data;

namespace GradTorch.Tests.Data;

public sealed class ImageFilesTests : IDisposable
{
    private static readonly PublishedImages Set = PublishedImages.FashionMnist;

    private readonly TemporaryFolder folder = new();
    private readonly DataLocations locations;

    public ImageFilesTests() =>
        locations = new DataLocations(null, folder.File("system"), folder.File("cache"));

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_places_are_searched_in_order()
    {
        foreach (var place in new[] { "explicit", "data", "system", "cache" })
        {
            Put(place);
        }

        var withData = locations with { DataFolder = folder.File("data") };
        Assert.Equal(folder.File("explicit"), Find(folder.File("explicit"), withData).Folder);
        Assert.Equal(folder.File("data"), Find(null, withData).Folder);
        Assert.Equal(folder.File("system"), Find(null, locations).Folder);
        Directory.Delete(folder.File("system"), recursive: true);
        Assert.Equal(folder.File("cache"), Find(null, locations).Folder);
    }

    [Fact]
    public void The_data_folder_may_hold_the_files_in_a_subfolder()
    {
        Put("data/fashion-mnist");
        var found = Find(null, locations with { DataFolder = folder.File("data") });
        Assert.Equal(folder.File("data", "fashion-mnist"), found.Folder);
    }

    /// <summary>All sets have files of the same names: those of one must not be taken for those of another.</summary>
    [Fact]
    public void Files_in_the_data_folder_itself_are_of_one_set_only()
    {
        Put("data");
        Put("data/mnist");
        var places = locations with { DataFolder = folder.File("data") };
        Assert.Equal(folder.File("data"), ImageFiles.Existing(PublishedImages.FashionMnist, places)!.Folder);
        Assert.Equal(folder.File("data", "mnist"), ImageFiles.Existing(PublishedImages.Mnist, places)!.Folder);
        Directory.Delete(folder.File("data", "mnist"), recursive: true);
        Assert.Null(ImageFiles.Existing(PublishedImages.Mnist, places));
    }

    [Fact]
    public void A_data_folder_of_other_data_sets_is_passed_over()
    {
        Directory.CreateDirectory(folder.File("data"));
        Put("system");
        Assert.Equal(folder.File("system"), Find(null, locations with { DataFolder = folder.File("data") }).Folder);
    }

    [Fact]
    public void A_data_folder_that_does_not_exist_is_an_error()
    {
        Put("system");
        var message = Refusal(null, locations with { DataFolder = folder.File("misspelt") });
        Assert.Contains("GRADTORCH_DATA", message, StringComparison.Ordinal);
        Assert.Contains(folder.File("misspelt"), message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_explicit_path_without_the_files_is_an_error_even_where_others_have_them()
    {
        Put("system");
        Directory.CreateDirectory(folder.File("explicit"));
        Assert.Contains("data:path", Refusal(folder.File("explicit"), locations), StringComparison.Ordinal);
        Assert.Contains("data:path", Refusal(folder.File("nowhere"), locations), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_lacks_some_files_is_an_error_that_names_them()
    {
        Put("explicit");
        File.Delete(folder.File("explicit", "t10k-labels-idx1-ubyte"));
        var message = Refusal(folder.File("explicit"), locations);
        Assert.Contains("lacks t10k-labels-idx1-ubyte.", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_are_taken_gzipped_or_not_and_mixed()
    {
        Put("explicit");
        File.Move(folder.File("explicit", "train-labels-idx1-ubyte"), folder.File("explicit", "train-labels-idx1-ubyte.gz"));
        var found = Find(folder.File("explicit"), locations);
        Assert.Equal(folder.File("explicit", "train-images-idx3-ubyte"), found.TrainImages);
        Assert.Equal(folder.File("explicit", "train-labels-idx1-ubyte.gz"), found.TrainLabels);
        Assert.Equal(folder.File("explicit", "t10k-images-idx3-ubyte"), found.TestImages);
        Assert.Equal(folder.File("explicit", "t10k-labels-idx1-ubyte"), found.TestLabels);
    }

    [Theory]
    [InlineData(false, "/fast/cache", "/fast/cache/gradtorch/fashion-mnist")]
    [InlineData(false, null, "/UserProfile/.cache/gradtorch/fashion-mnist")]
    [InlineData(false, "relative", "/UserProfile/.cache/gradtorch/fashion-mnist")]
    [InlineData(true, "/fast/cache", "/LocalApplicationData/gradtorch/fashion-mnist")]
    public void The_cache_is_where_the_platform_wants_it(bool windows, string? cacheHome, string expected)
    {
        var found = DataLocations.From("fashion-mnist", 
            name => name == "XDG_CACHE_HOME" ? cacheHome : null, special => "/" + special, windows);
        Assert.Equal(expected, found.CacheFolder.Replace('\\', '/'));
        Assert.Null(found.DataFolder);
    }

    private void Put(string place)
    {
        foreach (var (name, content) in IdxBytes.SmallSet())
        {
            folder.Write(Path.Combine(place, name), content);
        }
    }

    // A download would go to an address that can't be.
    private static ImageFiles Find(string? path, DataLocations locations) =>
        ImageFiles.Find(Set, path, locations, new ImageDownload(Set, publisher: new Uri("http://nowhere.invalid/")));

    private static string Refusal(string? path, DataLocations locations) =>
        Assert.Throws<DataException>(() => Find(path, locations)).Message;
}
