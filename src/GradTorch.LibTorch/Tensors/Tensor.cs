using TorchSharp.Interop;
using static TorchSharp.Interop.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A reference to a libtorch tensor. It belongs to the dispose scope that was open when it was made; without
    /// one it is released by <see cref="Dispose()"/> or, late, by the finalizer.</summary>
    public partial class Tensor : IDisposable
    {
        private static long _totalCount;
        private static long _peakCount;

        internal nint handle;

        /// <summary>Takes over the reference that the handle carries.</summary>
        internal Tensor(nint handle, bool register = true)
        {
            this.handle = handle;
            var total = Interlocked.Increment(ref _totalCount);
            if (total > _peakCount) _peakCount = total;
            if (register) OwningDisposeScope = DisposeScopeManager.ThreadSingleton.RegisterOnCurrentDisposeScope(this);
        }

        ~Tensor() => Dispose(false);

        /// <summary>Tensors that are alive in managed code, in the whole process.</summary>
        public static long TotalCount => Interlocked.Read(ref _totalCount);

        public static long PeakCount => Interlocked.Read(ref _peakCount);

        /// <summary>A name for people, for debugging.</summary>
        public string? name { get; set; }

        public bool IsInvalid => handle == 0;

        /// <exception cref="InvalidOperationException">The tensor has been disposed.</exception>
        public nint Handle => handle != 0 ? handle : throw new InvalidOperationException("Tensor invalid -- empty handle.");

        internal DisposeScope? OwningDisposeScope { get; set; }

        public override bool Equals(object? obj) => obj is Tensor tensor && Equals(tensor);

        /// <summary>Same shape and same elements; NaN differs from itself.</summary>
        public bool Equals(Tensor target) => Aten.CallBool("equal", this, target);

        public override int GetHashCode() => base.GetHashCode();

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            if (handle == 0) return;
            if (disposing)
            {
                DisposeScopeManager.ThreadSingleton.CountDisposed(inScope: OwningDisposeScope is not null);
                OwningDisposeScope?.Forget(this);
            }
            Interlocked.Decrement(ref _totalCount);
            gt_release(handle);
            handle = 0;
        }

        public Tensor MoveToOuterDisposeScope()
        {
            OwningDisposeScope?.MoveToOuter(this);
            return this;
        }

        public Tensor DetachFromDisposeScope()
        {
            OwningDisposeScope?.Detach(this);
            return this;
        }

        public Tensor MoveToOtherDisposeScope(Tensor other)
        {
            ArgumentNullException.ThrowIfNull(other);
            return MoveToOtherDisposeScope(other.OwningDisposeScope);
        }

        public Tensor MoveToOtherDisposeScope(DisposeScope? other)
        {
            if (OwningDisposeScope is { } scope) scope.MoveToOther(other, this);
            else other?.Attach(this);
            return this;
        }

        /// <summary>Gives the native reference away; this tensor becomes invalid and is not counted any more.</summary>
        public nint DecoupleFromNativeHandle()
        {
            DisposeScopeManager.ThreadSingleton.CountDisposed(inScope: OwningDisposeScope is not null);
            OwningDisposeScope?.Forget(this);
            return MoveHandle();
        }

        /// <summary>A second, independent reference to the same libtorch tensor.</summary>
        public Tensor alias()
        {
            gt_retain(Handle);
            return new Tensor(handle);
        }

        /// <summary>Takes the native reference out, for a tensor that replaces this one.</summary>
        internal nint MoveHandle()
        {
            var native = Handle;
            GC.SuppressFinalize(this);
            Interlocked.Decrement(ref _totalCount);
            handle = 0;
            return native;
        }
    }
}
