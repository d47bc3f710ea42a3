using System.ComponentModel;
using System.Diagnostics;
using System.Reflection;

namespace GradTorch.Runs;

/// <summary>Which GradTorch this is.</summary>
public static class SourceRevision
{
    // The root of a checkout of this repository has it. Another repository that happens to hold the program does not.
    private const string RootFile = "GradTorch.sln";

    private static readonly string[] Informational =
        typeof(SourceRevision).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
            .InformationalVersion.Split('+', 2);

    private static readonly Lazy<Task<string>> Found = new(() => Task.Run(
        () => CommitOf(AppContext.BaseDirectory) ?? (Informational.Length > 1 ? Informational[1] : "unknown")));

    /// <summary>The version, such as 0.1.0.</summary>
    public static string Version => Informational[0];

    /// <summary>
    /// The commit of the checkout that the program lies in, with "-dirty" if files were changed since; outside a
    /// checkout, or without git, the one that the program was built from; "unknown" if that was not known. Looked up once.
    /// </summary>
    public static string Commit() => Found.Value.GetAwaiter().GetResult();

    /// <summary>Begins to look up <see cref="Commit"/>, which takes git a moment, while the caller goes on.</summary>
    public static void LookAhead() => _ = Found.Value;

    /// <summary>The commit of the checkout that a folder lies in; null if it lies in none or git can't tell.</summary>
    internal static string? CommitOf(string folder)
    {
        var root = new DirectoryInfo(folder);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, RootFile)))
        {
            root = root.Parent;
        }

        return root is null ? null : Describe(root.FullName);
    }

    private static string? Describe(string root)
    {
        try
        {
            // No tag matches, so it is always the commit.
            string[] arguments = ["-C", root, "describe", "--always", "--dirty", "--abbrev=40", "--exclude=*"];
            var start = new ProcessStartInfo("git", arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            // Looking leaves the checkout alone; and a git hook that starts us must not say which repository is meant.
            start.Environment["GIT_OPTIONAL_LOCKS"] = "0";
            foreach (var name in start.Environment.Keys.Where(IsOfAnotherRepository).ToList())
            {
                start.Environment.Remove(name);
            }

            using var git = Process.Start(start)!;
            // Its few words fit the pipe, so reading one stream after the other can't block it.
            var commit = git.StandardOutput.ReadToEnd().Trim();
            git.StandardError.ReadToEnd();
            git.WaitForExit();
            return git.ExitCode == 0 ? commit : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    private static bool IsOfAnotherRepository(string variable) =>
        variable is "GIT_DIR" or "GIT_WORK_TREE" or "GIT_INDEX_FILE" or "GIT_PREFIX";
}
