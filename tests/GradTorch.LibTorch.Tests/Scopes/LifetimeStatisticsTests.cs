using TorchSharp;
using TorchSharp.Interop;
using static TorchSharp.torch;

namespace GradTorch.LibTorch.Tests.Scopes;

/// <summary>The counters after each action, written by hand: (created outside, disposed outside, created inside, disposed
/// inside, attached, detached), and what lives.</summary>
public class LifetimeStatisticsTests
{
    private readonly ThreadDisposeScopeStatistics _statistics = DisposeScopeManager.Statistics;

    public LifetimeStatisticsTests() => _statistics.Reset();

    private void AssertCounts(long createdOutside, long disposedOutside, long createdInside, long disposedInside, long attached, long detached)
    {
        Assert.Equal((createdOutside, disposedOutside, createdInside, disposedInside, attached, detached),
            (_statistics.CreatedOutsideScopeCount, _statistics.DisposedOutsideScopeCount, _statistics.CreatedInScopeCount,
                _statistics.DisposedInScopeCount, _statistics.AttachedToScopeCount, _statistics.DetachedFromScopeCount));
        Assert.Equal(createdOutside + createdInside - disposedOutside - disposedInside, _statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void Outside_scopes()
    {
        var tensor = DisposeScopeTests.New();
        AssertCounts(1, 0, 0, 0, 0, 0);
        tensor.Dispose();
        tensor.Dispose();
        AssertCounts(1, 1, 0, 0, 0, 0);
    }

    [Fact]
    public void Inside_a_scope()
    {
        using (NewDisposeScope())
        {
            DisposeScopeTests.New().Dispose();
            AssertCounts(0, 0, 1, 1, 0, 0);
            _ = DisposeScopeTests.New();
            AssertCounts(0, 0, 2, 1, 0, 0);
        }
        AssertCounts(0, 0, 2, 2, 0, 0);
    }

    [Fact]
    public void Moving_between_scopes_counts_nothing_and_out_of_the_last_is_detaching()
    {
        Tensor tensor;
        using (NewDisposeScope())
        {
            using (NewDisposeScope())
            {
                tensor = DisposeScopeTests.New().MoveToOuterDisposeScope();
                AssertCounts(0, 0, 1, 0, 0, 0);
            }
            _ = tensor.MoveToOuterDisposeScope();
            AssertCounts(0, 0, 1, 0, 0, 1);
        }
        tensor.Dispose();
        AssertCounts(0, 1, 1, 0, 0, 1);
    }

    [Fact]
    public void Detaching_and_attaching()
    {
        var outside = DisposeScopeTests.New();
        using (var scope = NewDisposeScope())
        {
            scope.Attach(outside);
            AssertCounts(1, 0, 0, 0, 1, 0);
            scope.Detach(outside);
            AssertCounts(1, 0, 0, 0, 1, 1);
            scope.Detach(outside);
            AssertCounts(1, 0, 0, 0, 1, 1);
            scope.Attach(outside, outside);
            AssertCounts(1, 0, 0, 0, 2, 1);
        }
        AssertCounts(1, 0, 0, 1, 2, 1);
    }

    [Fact]
    public void A_tensor_without_its_native_reference_is_not_alive()
    {
        var tensor = DisposeScopeTests.New();
        var alias = tensor.alias();
        AssertCounts(2, 0, 0, 0, 0, 0);
        NativeMethods.gt_release(alias.DecoupleFromNativeHandle());
        AssertCounts(2, 1, 0, 0, 0, 0);
        Assert.Throws<InvalidOperationException>(() => alias.Handle);
        tensor.Dispose();
        AssertCounts(2, 2, 0, 0, 0, 0);
    }

    [Fact]
    public void Each_thread_counts_its_own_and_the_process_counts_all()
    {
        Garbage.Collect(); // other tests' tensors leave the count with their finalizers
        var before = Tensor.TotalCount;
        using var made = new ManualResetEventSlim();
        using var looked = new ManualResetEventSlim();
        var thread = new Thread(() =>
        {
            using var scope = NewDisposeScope();
            _ = DisposeScopeTests.New();
            made.Set();
            looked.Wait();
        });
        thread.Start();
        made.Wait();
        AssertCounts(0, 0, 0, 0, 0, 0);
        Assert.Equal(before + 1, Tensor.TotalCount);
        looked.Set();
        thread.Join();
        Assert.Equal(before, Tensor.TotalCount);
    }
}
