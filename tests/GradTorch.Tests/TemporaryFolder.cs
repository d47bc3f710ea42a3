namespace GradTorch.Tests;

/// <summary>A new empty folder that goes away with everything in it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("gradtorch-").FullName;

    public string File(params ReadOnlySpan<string> names) => System.IO.Path.Combine([Path, .. names]);

    public string Write(string name, byte[] content)
    {
        var file = File(name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        System.IO.File.WriteAllBytes(file, content);
        return file;
    }

    /// <summary>The files of a folder, in a new one of this.</summary>
    public string Copy(string folder, params ReadOnlySpan<string> names)
    {
        var copy = Directory.CreateDirectory(File(names)).FullName;
        foreach (var file in Directory.GetFiles(folder)) System.IO.File.Copy(file, System.IO.Path.Combine(copy, System.IO.Path.GetFileName(file)));
        return copy;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
