namespace GradTorch.Tests.Configuration;

/// <summary>The folder <c>configs</c> of the repository that the tests were built from.</summary>
internal static class ConfigsFolder
{
    public static string Path { get; } = System.IO.Path.Combine(Root(), "configs");

    private static string Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "GradTorch.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("GradTorch.sln is in no folder above the tests.");
    }
}
