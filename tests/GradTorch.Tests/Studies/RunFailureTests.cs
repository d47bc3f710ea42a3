using System.Runtime.InteropServices;
using GradTorch.Runs;
using GradTorch.Studies;
using Microsoft.Data.Sqlite;

namespace GradTorch.Tests.Studies;

#pragma warning disable CA2201 // These are what the runtime and libtorch's binding throw.
/// <summary>What a user is told of a run that a full disk, a database or the memory ended.</summary>
public sealed class RunFailureTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    public static TheoryData<Exception, string> Failures => new()
    {
        { new IOException("No space left on device : '/disk/run.db'"), "No space left on device : '/disk/run.db'. " },
        { new SqliteException("SQLite Error 13: 'database or disk is full'.", 13), "run.db can't be written: SQLite Error 13: 'database or disk is full'. " },
        { new OutOfMemoryException(), "the memory does not suffice. " },
        { new ExternalException("CUDA out of memory. Tried to allocate 2.00 GiB\nException raised from malloc"), "the memory does not suffice: CUDA out of memory. Tried to allocate 2.00 GiB. " },
        { new ExternalException("[enforce fail at alloc_cpu.cpp:66] . DefaultCPUAllocator: can't allocate memory"), "the memory does not suffice: [enforce fail" },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public void One_line_says_what_is_saved_and_what_goes_on(Exception failure, string message)
    {
        var run = RunDirectory.Create(folder.Path, "name");
        var told = Assert.IsType<RunException>(RunFailure.Of(failure, run));
        Assert.Contains(message, told.Message, StringComparison.Ordinal);
        Assert.EndsWith($". It has no checkpoint yet and will start anew; once that is mended, gradtorch resume {run.Path} goes on.", told.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', told.Message);
        run.Checkpoints.Write(1200, new SafetensorsFile(new Dictionary<string, string>(), new Dictionary<string, StoredTensor>()), keep: 1);
        Assert.Contains(". All up to step 1200 is saved; ", RunFailure.Of(failure, run).Message, StringComparison.Ordinal);
        Assert.Same(failure, told.InnerException);
    }

    [Fact]
    public void What_is_not_of_that_kind_stays_what_it_is()
    {
        var run = RunDirectory.Create(folder.Path, "name");
        var failure = new ExternalException("mat1 and mat2 shapes cannot be multiplied");
        Assert.Same(failure, RunFailure.Of(failure, run));
    }
}
