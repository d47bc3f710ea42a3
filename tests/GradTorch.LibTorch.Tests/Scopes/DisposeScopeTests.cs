using TorchSharp;
using static TorchSharp.torch;

namespace GradTorch.LibTorch.Tests.Scopes;

public class DisposeScopeTests
{
    internal static Tensor New() => FromMemory<float>([1, 2], [2], ScalarType.Float32);

    [Fact]
    public void A_scope_disposes_what_was_made_while_it_was_innermost()
    {
        var outside = New();
        Tensor inOuter, inInner, afterInner;
        using (NewDisposeScope())
        {
            inOuter = New();
            using (NewDisposeScope()) inInner = New();
            Assert.True(inInner.IsInvalid);
            Assert.False(inOuter.IsInvalid);
            afterInner = New();
        }
        Assert.True(inOuter.IsInvalid);
        Assert.True(afterInner.IsInvalid);
        Assert.False(outside.IsInvalid);
        outside.Dispose();
    }

    [Fact]
    public void Moved_out_a_tensor_lives_as_long_as_the_scope_it_went_to()
    {
        Tensor moved, movedTwice, movedByScope;
        using (var outer = NewDisposeScope())
        {
            using (NewDisposeScope())
            {
                using (var inner = NewDisposeScope())
                {
                    moved = New().MoveToOuterDisposeScope();
                    movedTwice = New().MoveToOuterDisposeScope().MoveToOuterDisposeScope();
                    movedByScope = inner.MoveToOther(outer, New());
                }
                Assert.False(moved.IsInvalid);
            }
            Assert.True(moved.IsInvalid);
            Assert.False(movedTwice.IsInvalid);
            Assert.True(outer.Contains(movedByScope));
            Assert.Equal(2, outer.DisposablesCount);
        }
        Assert.True(movedTwice.IsInvalid);
        Assert.True(movedByScope.IsInvalid);
    }

    [Fact]
    public void Moved_out_of_the_outermost_scope_a_tensor_belongs_to_none()
    {
        Tensor moved, pairFirst, pairSecond;
        using (var scope = NewDisposeScope())
        {
            moved = scope.MoveToOuter(New());
            (pairFirst, pairSecond) = scope.MoveToOuter(New(), New());
            Assert.Equal(0, scope.DisposablesCount);
        }
        foreach (var tensor in (Tensor[])[moved, pairFirst, pairSecond])
        {
            Assert.False(tensor.IsInvalid);
            tensor.Dispose();
        }
    }

    [Fact]
    public void Detached_a_tensor_outlives_every_scope_until_it_is_attached_again()
    {
        Tensor detached;
        using (NewDisposeScope()) detached = New().DetachFromDisposeScope();
        Assert.False(detached.IsInvalid);
        using (var scope = NewDisposeScope())
        {
            scope.Attach(detached);
            scope.Attach(detached);
            Assert.Equal(1, scope.DisposablesCount);
        }
        Assert.True(detached.IsInvalid);
    }

    [Fact]
    public void A_tensor_moves_to_the_scope_of_another()
    {
        using var outer = NewDisposeScope();
        var anchor = New();
        using (var inner = NewDisposeScope())
        {
            var moved = New().MoveToOtherDisposeScope(anchor);
            Assert.False(inner.Contains(moved));
            Assert.True(outer.Contains(moved));
            var loose = New().DetachFromDisposeScope().MoveToOtherDisposeScope(outer);
            Assert.True(outer.Contains(loose));
        }
        Assert.Equal(3, outer.DisposablesCount);
    }

    [Fact]
    public void Everything_but_what_is_kept_goes()
    {
        using var scope = NewDisposeScope();
        var (first, second, third) = (New(), New(), New());
        Assert.Same(second, scope.DisposeEverythingBut(second));
        Assert.Equal((true, false, true), (first.IsInvalid, second.IsInvalid, third.IsInvalid));
        Assert.Equal([second], scope.DisposablesView);
        scope.DisposeEverything();
        Assert.True(second.IsInvalid);
        var after = New();
        Assert.True(scope.Contains(after));
    }

    [Fact]
    public void A_tensor_disposed_in_an_inner_scope_leaves_the_outer_one()
    {
        using var outer = NewDisposeScope();
        var tensor = New();
        using (NewDisposeScope()) tensor.Dispose();
        Assert.Equal(0, outer.DisposablesCount);
        tensor.Dispose();
    }

    [Fact]
    public void An_exception_closes_scopes_and_leaks_nothing()
    {
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        Assert.Throws<InvalidDataException>((Action)(static () =>
        {
            using var outer = NewDisposeScope();
            _ = New();
            using var inner = NewDisposeScope();
            _ = New();
            throw new InvalidDataException();
        }));
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        Assert.Null(CurrentDisposeScope);
    }

    [Fact]
    public void A_scope_closed_out_of_order_leaves_the_others_in_place()
    {
        var outer = NewDisposeScope();
        var middle = NewDisposeScope();
        var inner = NewDisposeScope();
        var tensor = New();
        middle.Dispose();
        Assert.Same(inner, CurrentDisposeScope);
        Assert.False(tensor.IsInvalid);
        inner.MoveToOuter(tensor);
        inner.Dispose();
        Assert.Same(outer, CurrentDisposeScope);
        Assert.True(outer.Contains(tensor));
        outer.Dispose();
        outer.Dispose();
        Assert.True(tensor.IsInvalid);
        Assert.Null(CurrentDisposeScope);
        Assert.Throws<ObjectDisposedException>(() => outer.DisposablesCount);
        Assert.Throws<ObjectDisposedException>(() => outer.DisposeEverything());
    }

    [Fact]
    public void A_wrapped_expression_keeps_only_its_result()
    {
        using var scope = NewDisposeScope();
        Tensor? between = null;
        var result = WrappedTensorDisposeScope(() =>
        {
            between = New();
            return between.alias();
        });
        Assert.True(between!.IsInvalid);
        Assert.Equal([1f, 2f], Elements.Of<float>(result));
        Assert.Equal([result], scope.DisposablesView);
    }

    [Fact]
    public void A_scope_is_of_its_thread()
    {
        using var scope = NewDisposeScope();
        var thread = new Thread(() =>
        {
            Assert.Null(CurrentDisposeScope);
            New().Dispose();
        });
        thread.Start();
        thread.Join();
        Assert.Equal(0, scope.DisposablesCount);
    }
}
