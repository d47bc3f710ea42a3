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

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
