using TorchSharp.Interop;
using static TorchSharp.Interop.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A stream of random numbers on one device, reproducible from its seed.</summary>
    public class Generator : IDisposable
    {
        private nint _handle;

        public Generator(ulong seed = 0, Device? device = null)
        {
            this.device = InitializeDevice(device ?? CPU);
            _handle = Failure.Check(gt_generator_new(seed, (int)this.device.type, this.device.index));
        }

        private Generator(nint handle, Device device)
        {
            _handle = handle;
            this.device = device;
        }

        ~Generator() => Dispose(false);

        /// <summary>The generator that operators use on the CPU when they are given none.</summary>
        public static Generator Default => new(Failure.Check(gt_generator_default((int)DeviceType.CPU, -1)), CPU);

        public Device device { get; }

        public nint Handle => _handle != 0 ? _handle : throw new ObjectDisposedException(nameof(Generator));

        /// <summary>The state, a byte tensor that only a generator of the same kind of device can take.</summary>
        public Tensor get_state() => new(Failure.Check(gt_generator_get_state(Handle)));

        /// <exception cref="System.Runtime.InteropServices.ExternalException">The tensor is not such a state.</exception>
        public void set_state(Tensor value)
        {
            ArgumentNullException.ThrowIfNull(value);
            Failure.Check(gt_generator_set_state(Handle, value.Handle));
        }

        /// <summary>Starts the stream that belongs to the seed; returns this generator.</summary>
        public Generator manual_seed(long seed)
        {
            Failure.Check(gt_generator_set_seed(Handle, (ulong)seed));
            return this;
        }

        /// <summary>Seeds the generator from the system's randomness and returns that seed.</summary>
        public long seed() => (long)gt_generator_seed(Handle);

        /// <summary>The seed that was set last.</summary>
        public long initial_seed() => (long)gt_generator_initial_seed(Handle);

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            if (_handle == 0) return;
            gt_generator_release(_handle);
            _handle = 0;
        }
    }
}
