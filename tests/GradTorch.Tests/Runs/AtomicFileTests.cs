using GradTorch.Runs;

namespace GradTorch.Tests.Runs;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string file;

    public AtomicFileTests() => file = folder.File("config.json");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Content_is_written_and_replaced_and_nothing_else_stays()
    {
        AtomicFile.Write(file, "χ₁ = 1");
        Assert.Equal("χ₁ = 1"u8.ToArray(), File.ReadAllBytes(file));
        AtomicFile.Write(file, "new");
        Assert.Equal("new", File.ReadAllText(file));
        Assert.Single(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void Until_the_rename_the_old_content_is_there()
    {
        AtomicFile.Write(file, "old");
        using (var prepared = AtomicFile.Prepare(file, "new"))
        {
            Assert.Equal("old", File.ReadAllText(file));
        }

        Assert.Equal("old", File.ReadAllText(file));
        Assert.Single(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void What_a_crash_before_the_rename_left_does_not_stand_in_the_way()
    {
        AtomicFile.Write(file, "old");
        _ = AtomicFile.Prepare(file, "lost");
        AtomicFile.Write(file, "new");
        Assert.Equal("new", File.ReadAllText(file));
    }

    [Fact]
    public void A_process_killed_while_it_writes_leaves_one_whole_content()
    {
        for (var round = 0; round < 4; round++)
        {
            using (var child = ChildProcess.Start(ChildProcess.RewriteFile, file))
            {
                child.Said(1);
                Thread.Sleep(5 + 11 * round);
            }

            var text = File.ReadAllText(file);
            Assert.Equal(ChildProcess.TextLength, text.Length);
            Assert.Single(text.Distinct());
        }
    }
}
