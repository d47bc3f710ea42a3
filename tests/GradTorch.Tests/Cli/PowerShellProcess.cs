#if !TORCH_SYSTEM
using System.Diagnostics;
using GradTorch.Cli;
using GradTorch.Tests.Configuration;

namespace GradTorch.Tests.Cli;

/// <summary>PowerShell: a <c>pwsh</c> on the PATH, else the dotnet tool of the repository's manifest.</summary>
internal static class PowerShellProcess
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly Lazy<(string[] Command, string? Missing)> Found = new(Find);

    public static string Root { get; } = Path.GetDirectoryName(ConfigsFolder.Path)!;

    /// <summary>Why there is no PowerShell; null where there is one. The first question may download it.</summary>
    public static string? Missing => Found.Value.Missing;

    /// <param name="arguments">Such as <c>-File</c>, the script's path, and its arguments; started in the repository's root.</param>
    public static Invoked Run(IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        Outcome(environment, Command(arguments));

    /// <summary>Still running, and leading a group of processes of its own, so that it can be sent Ctrl-C.</summary>
    public static ProgramProcess Start(IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        new(new ProcessStartInfo("setsid", Command(arguments)) { WorkingDirectory = Root }, environment);

    private static string[] Command(string[] arguments) => [.. Found.Value.Command, "-NoProfile", "-NonInteractive", .. arguments];

    private static (string[] Command, string? Missing) Find()
    {
        var name = OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh";
        var onPath = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        if (onPath is not null) return ([onPath], null);

        var dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        var restored = Outcome(new Dictionary<string, string>(), [dotnet, "tool", "restore"]);
        return restored.Exit == ExitCode.Done
            ? ([dotnet, "tool", "run", "pwsh", "--"], null)
            : ([], $"there is no pwsh on the PATH, and dotnet tool restore did not get it: {restored.Error.ReplaceLineEndings(" ")}");
    }

    private static Invoked Outcome(IReadOnlyDictionary<string, string> environment, string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            return new Invoked(ExitCode.Failed, "", $"it did not end within {Patience.TotalMinutes} minutes");
        }
        return new Invoked((ExitCode)process.ExitCode, output.Result, error.Result);
    }
}
#endif
