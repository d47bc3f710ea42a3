using System.IO.Compression;
using System.Security.Cryptography;

namespace GradTorch.Data;

/// <summary>
/// Fetches the files of a set of images from its publisher. A file appears under its name only when it is whole and has the right
/// checksum, so a download that breaks off is never used and several processes can fetch the same file at once.
/// </summary>
/// <param name="handler">What carries the requests; null for the network. It is not disposed of.</param>
/// <param name="publisher">The address that file names are appended to; null for the publisher's.</param>
/// <param name="announce">Told, in a sentence, that a file is being fetched; null for silence.</param>
/// <param name="checksums">SHA-256 of each uncompressed file in lower-case hex; null for the publisher's.</param>
/// <param name="patience">How long nothing may come in before it counts as failed; null for 30 seconds.</param>
public sealed class ImageDownload(
    PublishedImages set,
    HttpMessageHandler? handler = null,
    Uri? publisher = null,
    Action<string>? announce = null,
    IReadOnlyDictionary<string, string>? checksums = null,
    TimeSpan? patience = null)
{
    // Left behind by a process that was killed; a download of 26 MB that is still going on is younger.
    private static readonly TimeSpan AbandonedAfter = TimeSpan.FromDays(1);

    private readonly Uri publisher = publisher ?? set.Publisher;

    private readonly IReadOnlyDictionary<string, string> checksums = checksums ?? set.Checksums;

    private readonly TimeSpan patience = patience ?? TimeSpan.FromSeconds(30);

    /// <summary>Fetches <paramref name="name"/>.gz into a folder, which is created if need be.</summary>
    /// <param name="name">The name of one of the four files, without .gz.</param>
    /// <param name="folder">Where the file goes, and its unfinished form while it comes in.</param>
    /// <param name="cancellation">Stops the download.</param>
    /// <exception cref="DataException">
    /// No network, no such file, not the right content, or the folder can't be written.
    /// </exception>
    /// <exception cref="OperationCanceledException">Cancelled; nothing is left behind.</exception>
    public void Fetch(string name, string folder, CancellationToken cancellation = default)
    {
        var address = new Uri(publisher, name + ".gz");
        var part = Path.Combine(folder, $".{name}.{Guid.NewGuid():N}.part");
        announce?.Invoke($"Downloading {address} to {folder}.");
        try
        {
            Directory.CreateDirectory(folder);
            RemoveAbandoned(folder);
            ReceiveAsync(address, part, cancellation).GetAwaiter().GetResult();
            Verify(name, part, address, folder);
            File.Move(part, Path.Combine(folder, name + ".gz"), overwrite: true);
        }
        catch (HttpRequestException e) when (e.StatusCode is { } status)
        {
            throw new DataException($"{address} answered {(int)status} ({status}). {Remedy(folder)}", e);
        }
        catch (HttpRequestException e)
        {
            throw new DataException($"{address} could not be downloaded: {e.Message} {Remedy(folder)}", e);
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new DataException(FormattableString.Invariant(
                $"{address} could not be downloaded: nothing came for {patience.TotalSeconds} seconds. {Remedy(folder)}"), e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"{folder} can't be written: {e.Message} {Remedy(folder)}", e);
        }
        finally
        {
            // No such folder when it could not be created.
            if (File.Exists(part))
            {
                File.Delete(part);
            }
        }
    }

    private async Task ReceiveAsync(Uri address, string part, CancellationToken cancellation)
    {
        using var network = handler is null ? new SocketsHttpHandler() : null;
        using var client = new HttpClient(handler ?? network!, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
        using var stalled = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        stalled.CancelAfter(patience);
        using var response = await client
            .GetAsync(address, HttpCompletionOption.ResponseHeadersRead, stalled.Token).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();

        var body = await response.Content.ReadAsStreamAsync(stalled.Token).ConfigureAwait(false);
        var file = new FileStream(part, FileMode.CreateNew, FileAccess.Write);
        await using (body.ConfigureAwait(false))
        await using (file.ConfigureAwait(false))
        {
            var buffer = new byte[1 << 16];
            int read;
            while ((read = await ReadAsync(body, buffer, stalled.Token).ConfigureAwait(false)) > 0)
            {
                stalled.CancelAfter(patience);
                await file.WriteAsync(buffer.AsMemory(0, read), cancellation).ConfigureAwait(false);
            }

            // On disk before it gets its name: a power cut must not leave a named file without content.
            file.Flush(flushToDisk: true);
        }
    }

    /// <summary>Tells a connection that breaks from a disk that fails: both are IOExceptions otherwise.</summary>
    private static async ValueTask<int> ReadAsync(Stream body, Memory<byte> buffer, CancellationToken cancellation)
    {
        try
        {
            return await body.ReadAsync(buffer, cancellation).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            throw new HttpRequestException(e.Message, e);
        }
    }

    private void Verify(string name, string part, Uri address, string folder)
    {
        using var file = File.OpenRead(part);
        using var content = new GZipStream(file, CompressionMode.Decompress);
        string found;
        try
        {
            found = Convert.ToHexStringLower(SHA256.HashData(content));
        }
        catch (InvalidDataException e)
        {
            throw new DataException(
                $"{address} sent {file.Length} bytes that are not whole gzip data. {Remedy(folder)}", e);
        }

        if (found != checksums[name])
        {
            throw new DataException(
                $"{address} sent content with the SHA-256 {found}; the publisher's is {checksums[name]}. {Remedy(folder)}");
        }
    }

    private static void RemoveAbandoned(string folder)
    {
        foreach (var part in Directory.EnumerateFiles(folder, ".*.part"))
        {
            if (DateTime.UtcNow - File.GetLastWriteTimeUtc(part) > AbandonedAfter)
            {
                File.Delete(part);
            }
        }
    }

    private string Remedy(string folder) =>
        $"Try again, or put {string.Join(", ", ImageFiles.Names)} (each with or without .gz) into {folder} or any folder "
        + $"that data:path or GRADTORCH_DATA names{set.OrInstall}.";
}
