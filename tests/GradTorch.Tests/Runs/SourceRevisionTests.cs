using System.Diagnostics;
using GradTorch.Runs;

namespace GradTorch.Tests.Runs;

public sealed class SourceRevisionTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose()
    {
        // On Windows git's objects are read-only, which stops a recursive delete.
        foreach (var file in Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories))
        {
            File.SetAttributes(file, FileAttributes.Normal);
        }

        folder.Dispose();
    }

    [Fact]
    public void The_version_is_the_one_the_library_was_built_with() =>
        Assert.Equal(typeof(RunDirectory).Assembly.GetName().Version!.ToString(3), SourceRevision.Version);

    [Fact]
    public void There_is_a_commit_or_it_is_said_to_be_unknown() =>
        Assert.Matches("^([0-9a-f]{40}(-dirty)?|unknown)$", SourceRevision.Commit());

    [FactWithGit]
    public void The_commit_is_that_of_the_checkout_and_changes_show()
    {
        folder.Write("GradTorch.sln", [1]);
        folder.Write("bin/deep/program.dll", [1]);
        FactWithGitAttribute.Git(folder.Path, "init", "-q");
        FactWithGitAttribute.Git(folder.Path, "add", "GradTorch.sln");
        FactWithGitAttribute.Git(
            folder.Path, "-c", "user.name=T", "-c", "user.email=t@example.org", "commit", "-qm", "First");
        var head = FactWithGitAttribute.Git(folder.Path, "rev-parse", "HEAD");
        Assert.Equal(head, SourceRevision.CommitOf(folder.File("bin", "deep")));
        folder.Write("GradTorch.sln", [2, 2]);
        Assert.Equal(head + "-dirty", SourceRevision.CommitOf(folder.File("bin", "deep")));
    }

    [Fact]
    public void Outside_a_checkout_of_gradtorch_git_has_no_say()
    {
        Assert.Null(SourceRevision.CommitOf(folder.Path));
        folder.Write("GradTorch.sln", [1]);
        Assert.Null(SourceRevision.CommitOf(folder.Path));
    }

    [AttributeUsage(AttributeTargets.Method)]
    private sealed class FactWithGitAttribute : FactAttribute
    {
        public FactWithGitAttribute()
        {
            try
            {
                Git(Path.GetTempPath(), "--version");
            }
            catch (System.ComponentModel.Win32Exception)
            {
                Skip = "git is not installed.";
            }
        }

        public static string Git(string folder, params string[] arguments)
        {
            var start = new ProcessStartInfo("git", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true };
            start.Environment.Remove("GIT_DIR");
            using var git = Process.Start(start)!;
            var output = git.StandardOutput.ReadToEnd().Trim();
            git.WaitForExit();
            Assert.Equal(0, git.ExitCode);
            return output;
        }
    }
}
