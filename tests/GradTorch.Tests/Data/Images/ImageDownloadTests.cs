using System.Net;
using System.Security.Cryptography;
using System.Text;
using GradTorch.Data;

namespace GradTorch.Tests.Data;

public sealed class ImageDownloadTests : IDisposable
{
    private static readonly PublishedImages Set = PublishedImages.FashionMnist;

    private const string Labels = "train-labels-idx1-ubyte";

    private readonly TemporaryFolder folder = new();
    private readonly Dictionary<string, byte[]> published = IdxBytes.SmallSet();
    private readonly Dictionary<string, string> checksums;

    public ImageDownloadTests() =>
        checksums = published.ToDictionary(file => file.Key, file => Convert.ToHexStringLower(SHA256.HashData(file.Value)));

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_no_place_has_is_downloaded_once_and_read()
    {
        using var server = new FileServer(FileServer.Sending(Published));
        var announced = new List<string>();
        var set = ImageSplits.Load(Find(server.Address, announced.Add), Set.ClassNames);
        Assert.Equal(published["train-images-idx3-ubyte"][16..], set.Train.Images);
        Assert.Equal([1, 2], set.Test.Labels);
        Assert.Equal(4, announced.Count);
        Assert.Contains(server.Address.ToString(), announced[0], StringComparison.Ordinal);

        Assert.Equal(folder.File("cache"), Find(server.Address).Folder);
        Assert.Equal(4, server.Requests);
        OnlyWholeFiles(4);
    }

    [Fact]
    public void A_download_that_breaks_off_is_not_used_and_the_next_fetches_the_rest()
    {
        using (var server = new FileServer(async (name, response) =>
        {
            var whole = Published(name);
            response.ContentLength64 = whole.Length;
            var sent = name.StartsWith("t10k-images", StringComparison.Ordinal) ? whole.Length / 2 : whole.Length;
            await response.OutputStream.WriteAsync(whole.AsMemory(0, sent));
            await response.OutputStream.FlushAsync();
            if (sent < whole.Length)
            {
                response.Abort();
            }
        }))
        {
            Refusal(server.Address, "could not be downloaded");
        }

        OnlyWholeFiles(2);
        using var better = new FileServer(FileServer.Sending(Published));
        Assert.Equal([9, 0, 5], ImageSplits.Load(Find(better.Address), Set.ClassNames).Train.Labels);
        Assert.Equal(2, better.Requests);
    }

    [Fact]
    public void Truncated_content_that_was_sent_as_whole_is_refused() =>
        RefusedWhenSent("SHA-256", content => content[..^20]);

    [Fact]
    public void Corrupt_content_is_refused() => RefusedWhenSent("not whole gzip data", content =>
    {
        content[^7] ^= 1;
        return content;
    });

    [Fact]
    public void Other_content_than_the_publishers_is_refused_with_both_checksums() =>
        RefusedWhenSent(checksums["train-images-idx3-ubyte"], _ => IdxBytes.Gzip(IdxBytes.Images(3, 2, 4, first: 1)));

    [Fact]
    public void A_page_in_place_of_the_file_is_refused() =>
        RefusedWhenSent("not whole gzip data", _ => Encoding.UTF8.GetBytes("<html>Please log in to the network.</html>"));

    [Fact]
    public void Nothing_is_refused() => RefusedWhenSent("SHA-256", _ => []);

    [Fact]
    public void A_missing_file_tells_the_status_and_the_address()
    {
        using var server = new FileServer((_, response) =>
        {
            response.StatusCode = (int)HttpStatusCode.NotFound;
            return Task.CompletedTask;
        });
        Refusal(server.Address, $"{server.Address}train-images-idx3-ubyte.gz answered 404");
        OnlyWholeFiles(0);
    }

    [Fact]
    public void No_network_says_where_to_put_the_files_and_which_package_has_them()
    {
        Uri address;
        using (var server = new FileServer(FileServer.Sending(Published)))
        {
            address = server.Address;
        }

        var message = Refusal(address, "could not be downloaded");
        Assert.Contains(folder.File("cache"), message, StringComparison.Ordinal);
        Assert.Contains("dataset-fashion-mnist", message, StringComparison.Ordinal);
        Assert.Contains("GRADTORCH_DATA", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cache_that_cannot_be_written_is_told()
    {
        folder.Write("cache", [1]);
        using var server = new FileServer(FileServer.Sending(Published));
        Refusal(server.Address, "can't be written");
    }

    [Fact]
    public async Task Cancelling_stops_a_download_that_hangs_and_leaves_nothing()
    {
        using var cancel = new CancellationTokenSource();
        using var server = new FileServer(async (name, response) =>
        {
            response.ContentLength64 = 1000;
            await response.OutputStream.WriteAsync(new byte[100]);
            await response.OutputStream.FlushAsync();
            await cancel.CancelAsync();
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Task.Run(() => Download(server.Address).Fetch(Labels, folder.File("cache"), cancel.Token)));
        OnlyWholeFiles(0);
    }

    [Fact]
    public void A_server_that_stops_sending_is_given_up()
    {
        using var enough = new CancellationTokenSource();
        using var server = new FileServer(async (_, response) =>
        {
            response.ContentLength64 = 1000;
            await response.OutputStream.WriteAsync(new byte[100]);
            await response.OutputStream.FlushAsync();
            await Task.Delay(Timeout.Infinite, enough.Token).ContinueWith(_ => { }, TaskScheduler.Default);
        });
        var impatient = new ImageDownload(Set, publisher: server.Address, patience: TimeSpan.FromSeconds(0.5));
        using (new CommaDecimal())
        {
            var message = Assert.Throws<DataException>(() => impatient.Fetch(Labels, folder.File("cache"))).Message;
            Assert.Contains("nothing came for 0.5 seconds", message, StringComparison.Ordinal);
        }

        enough.Cancel();
        OnlyWholeFiles(0);
    }

    [Fact]
    public async Task Several_at_once_all_get_whole_files()
    {
        using var server = new FileServer(FileServer.Sending(Published));
        var sets = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => Task.Run(() => ImageSplits.Load(Find(server.Address), Set.ClassNames))));
        Assert.All(sets, set => Assert.Equal([9, 0, 5], set.Train.Labels));
        OnlyWholeFiles(4);
    }

    [Fact]
    public void What_a_killed_process_left_is_cleared_away_after_a_day_and_not_before()
    {
        var old = folder.Write("cache/.train-images-idx3-ubyte.1.part", [1]);
        var young = folder.Write("cache/.train-images-idx3-ubyte.2.part", [1]);
        File.SetLastWriteTimeUtc(old, DateTime.UtcNow.AddDays(-2));
        using var server = new FileServer(FileServer.Sending(Published));
        Download(server.Address).Fetch(Labels, folder.File("cache"));
        Assert.False(File.Exists(old));
        Assert.True(File.Exists(young));
    }

    [FactWithFashionMnist]
    public void The_checksums_are_those_of_the_packaged_files()
    {
        foreach (var (name, checksum) in Set.Checksums)
        {
            var array = IdxFile.Read(Path.Combine(FactWithFashionMnistAttribute.Folder, name + ".gz"));
            Assert.Equal(checksum, Convert.ToHexStringLower(SHA256.HashData([.. array.Header(), .. array.Values])));
        }
    }

    private byte[] Published(string name) => IdxBytes.Gzip(published[Path.GetFileNameWithoutExtension(name)]);

    private ImageDownload Download(Uri address, Action<string>? announce = null) =>
        new(Set, publisher: address, announce: announce, checksums: checksums);

    private ImageFiles Find(Uri address, Action<string>? announce = null) => ImageFiles.Find(
        Set, null,
        new DataLocations(null, folder.File("system"), folder.File("cache")), Download(address, announce));

    private void RefusedWhenSent(string expected, Func<byte[], byte[]> spoil)
    {
        using var server = new FileServer(FileServer.Sending(name => spoil(Published(name))));
        Refusal(server.Address, expected);
        OnlyWholeFiles(0);
    }

    private string Refusal(Uri address, string expected)
    {
        var message = Assert.Throws<DataException>(() => Find(address)).Message;
        Assert.Contains(expected, message, StringComparison.Ordinal);
        return message;
    }

    private void OnlyWholeFiles(int count)
    {
        var files = Directory.GetFiles(folder.File("cache"));
        Assert.Equal(count, files.Length);
        Assert.All(files, file =>
        {
            var array = IdxFile.Read(file);
            byte[] content = [.. array.Header(), .. array.Values];
            Assert.Equal(published[Path.GetFileNameWithoutExtension(file)], content);
        });
    }
}
