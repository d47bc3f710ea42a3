using System.Text;

namespace GradTorch.Runs;

/// <summary>
/// A file that is replaced as a whole: a kill at any instant leaves the old content or the new one. What is
/// written goes to a hidden neighbour first, to disk, and takes the file's name last.
/// </summary>
internal sealed class AtomicFile : IDisposable
{
    private readonly string path;
    private readonly string pending;
    private bool done;

    private AtomicFile(string path)
    {
        this.path = path;
        // In the same folder, because a rename is atomic only within a file system.
        pending = Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.{Guid.NewGuid():N}{Pending}");
    }

    /// <summary>How the names of files end that a kill left unfinished; hidden ones, which begin with a dot.</summary>
    public const string Pending = ".tmp";

    /// <summary>Replaces a file's content, or creates the file. UTF-8 without a byte order mark.</summary>
    public static void Write(string path, string text) => Write(path, Encoding.UTF8.GetBytes(text));

    /// <summary>The same of bytes.</summary>
    public static void Write(string path, byte[] content) => Write(path, stream => stream.Write(content));

    /// <summary>The same of what is written into a stream, which starts at 0 and can be written over.</summary>
    public static void Write(string path, Action<Stream> write)
    {
        using var file = Prepare(path, write);
        file.Commit();
    }

    /// <summary>Has the new content on disk, with the old one still in place.</summary>
    public static AtomicFile Prepare(string path, string text) => Prepare(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    private static AtomicFile Prepare(string path, Action<Stream> write)
    {
        var file = new AtomicFile(Path.GetFullPath(path));
        try
        {
            using var stream = new FileStream(file.pending, FileMode.CreateNew, FileAccess.Write);
            write(stream);
            stream.Flush(flushToDisk: true);
            return file;
        }
        catch
        {
            // A full disk.
            file.Dispose();
            throw;
        }
    }

    /// <summary>Puts the new content in the old one's place.</summary>
    public void Commit()
    {
        File.Move(pending, path, overwrite: true);
        done = true;
    }

    /// <summary>Gives the new content the file's name, unless there is a file of that name.</summary>
    /// <returns>Whether there was none.</returns>
    public bool CommitNew()
    {
        try
        {
            File.Move(pending, path);
            return done = true;
        }
        catch (IOException) when (File.Exists(path))
        {
            return false;
        }
    }

    /// <summary>Drops content that was not committed.</summary>
    public void Dispose()
    {
        if (!done)
        {
            File.Delete(pending);
        }
    }
}
