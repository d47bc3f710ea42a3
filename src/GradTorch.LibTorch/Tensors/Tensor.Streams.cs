namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Writes the memory of a contiguous CPU tensor.</summary>
        public unsafe void WriteBytesToStream(Stream stream, int bufferSize = 1024)
        {
            ArgumentNullException.ThrowIfNull(stream);
            ArgumentOutOfRangeException.ThrowIfLessThan(bufferSize, 1);
            var start = (byte*)ContiguousMemory();
            var size = NumberOfElements * ElementSize;
            for (long at = 0; at < size; at += bufferSize)
                stream.Write(new ReadOnlySpan<byte>(start + at, (int)Math.Min(bufferSize, size - at)));
            GC.KeepAlive(this);
        }

        /// <summary>Fills the memory of a contiguous CPU tensor.</summary>
        /// <exception cref="EndOfStreamException">There are fewer bytes than the tensor has.</exception>
        public unsafe void ReadBytesFromStream(Stream stream, int bufferSize = 1024)
        {
            ArgumentNullException.ThrowIfNull(stream);
            ArgumentOutOfRangeException.ThrowIfLessThan(bufferSize, 1);
            var start = (byte*)ContiguousMemory();
            var size = NumberOfElements * ElementSize;
            for (long at = 0; at < size; at += bufferSize)
                stream.ReadExactly(new Span<byte>(start + at, (int)Math.Min(bufferSize, size - at)));
            GC.KeepAlive(this);
        }

        /// <summary>A new tensor from TorchSharp's own format: type, number of dimensions and sizes as LEB128, then the elements.
        /// </summary>
        /// <exception cref="EndOfStreamException">The stream ends within the tensor.</exception>
        public static Tensor Load(BinaryReader reader)
        {
            ArgumentNullException.ThrowIfNull(reader);
            var (type, sizes) = TensorHeader.Read(reader);
            var loaded = torch.empty(sizes, type);
            try
            {
                loaded.ReadBytesFromStream(reader.BaseStream);
                return loaded;
            }
            catch
            {
                loaded.Dispose();
                throw;
            }
        }

        /// <summary>As from a reader; the stream is closed.</summary>
        public static Tensor Load(Stream stream)
        {
            using var reader = new BinaryReader(stream);
            return Load(reader);
        }

        public static Tensor Load(string location)
        {
            if (!File.Exists(location)) throw new FileNotFoundException(location);
            return Load(File.OpenRead(location));
        }
    }
}
