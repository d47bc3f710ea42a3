using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;

namespace GradTorch.Data;

/// <summary>
/// Reads IDX files, the format of MNIST and its kin: two zero bytes, a type code, the number of dimensions, each
/// dimension as a big-endian 32-bit integer, then the values. Gzip is recognised by content, whatever the name.
/// </summary>
public static class IdxFile
{
    /// <summary>The type code of unsigned bytes, the only type that is read.</summary>
    internal const byte UnsignedByte = 0x08;

    // Deflate can't pack tighter than this, so a file that promises more than it could hold is told before memory is taken.
    private const long TightestPacking = 1032;

    private const string GetAgain = "Get the file again.";

    /// <summary>Reads a whole file, plain or gzipped.</summary>
    /// <exception cref="DataException">
    /// The file is missing, unreadable, empty, not IDX, of another type than unsigned byte, truncated, followed by
    /// further bytes, or its gzip data is corrupt.
    /// </exception>
    public static IdxArray Read(string path) => Open(path, file =>
        IsGzip(file) ? ReadGzip(file, path) : ReadContent(file, file.Length, path));

    /// <summary>Reads the header alone: the sizes of the dimensions.</summary>
    /// <exception cref="DataException">The file is missing, unreadable, or does not start as IDX of unsigned bytes.</exception>
    public static int[] ReadShape(string path) => Open(path, file =>
    {
        if (!IsGzip(file)) return ReadHeader(file, path);
        try
        {
            using var content = new GZipStream(file, CompressionMode.Decompress, leaveOpen: true);
            return ReadHeader(content, path);
        }
        catch (InvalidDataException e)
        {
            throw new DataException($"{path} starts as gzip but its compressed data is corrupt. {GetAgain}", e);
        }
    });

    private static T Open<T>(string path, Func<FileStream, T> read)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
            return read(file);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DataException($"{path} does not exist. {GetAgain}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"{path} can't be read: {e.Message} Check that it is a file you may read.", e);
        }
    }

    private static bool IsGzip(FileStream file)
    {
        Span<byte> start = stackalloc byte[2];
        var read = file.ReadAtLeast(start, 2, throwOnEndOfStream: false);
        file.Position = 0;
        return read == 2 && start[0] == 0x1f && start[1] == 0x8b;
    }

    private static IdxArray ReadGzip(FileStream file, string path)
    {
        try
        {
            using var content = new GZipStream(file, CompressionMode.Decompress, leaveOpen: true);
            var array = ReadContent(content, file.Length * TightestPacking, path);
            CheckGzipTrailer(file, array, path);
            return array;
        }
        catch (InvalidDataException e)
        {
            throw new DataException($"{path} starts as gzip but its compressed data is corrupt. {GetAgain}", e);
        }
    }

    /// <summary>
    /// GZipStream compares the checksum only when there is one, and takes a file that was cut off within its trailer,
    /// or goes on after it, for a good one. The last four bytes of a whole file are the length of its content.
    /// </summary>
    private static void CheckGzipTrailer(FileStream file, IdxArray array, string path)
    {
        Span<byte> trailer = stackalloc byte[4];
        file.Seek(-4, SeekOrigin.End);
        file.ReadExactly(trailer);
        var length = array.Header().Length + array.Values.Length;
        if (BinaryPrimitives.ReadUInt32LittleEndian(trailer) != (uint)length)
        {
            throw new DataException(
                $"{path} does not end as gzip data of {Number(length)} bytes must: its end is cut off or other bytes "
                + $"follow it. {GetAgain}");
        }
    }

    private static IdxArray ReadContent(Stream content, long capacity, string path)
    {
        var shape = ReadHeader(content, path);
        var promised = shape.Aggregate(1L, (product, size) => product > Array.MaxLength ? product : product * size);
        var described = $"{Number(promised)} values ({string.Join('×', shape.Select(size => Number(size)))})";
        if (promised > Array.MaxLength)
        {
            throw new DataException(
                $"{path} promises more values ({string.Join('×', shape.Select(size => Number(size)))}) than the "
                + $"{Number(Array.MaxLength)} that are read. {GetAgain}");
        }

        if (promised > capacity)
        {
            throw new DataException(
                $"{path} is truncated: its header promises {described}, more than a file of its size can hold. {GetAgain}");
        }

        var values = new byte[promised];
        var read = content.ReadAtLeast(values, values.Length, throwOnEndOfStream: false);
        if (read < values.Length)
        {
            throw new DataException(
                $"{path} is truncated: its header promises {described}, it holds {Number(read)}. {GetAgain}");
        }

        if (content.ReadByte() >= 0)
        {
            throw new DataException(
                $"{path} has trailing bytes: its header promises {described}, and more follows them. {GetAgain}");
        }

        return new IdxArray(values, shape);
    }

    private static int[] ReadHeader(Stream content, string path)
    {
        Span<byte> magic = stackalloc byte[4];
        var read = content.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
        if (read == 0)
        {
            throw new DataException($"{path} is empty; an IDX file starts with four bytes of magic. {GetAgain}");
        }

        if (magic[0] != 0 || magic[1] != 0)
        {
            throw new DataException(
                $"{path} is not an IDX file: it starts with the bytes {Convert.ToHexString(magic[..read])}, where IDX has "
                + "0000, a type code and the number of dimensions (00000803 for images, 00000801 for labels). "
                + "Give an IDX file, plain or gzipped.");
        }

        if (read < magic.Length)
        {
            throw Truncated(path, read);
        }

        if (magic[2] != UnsignedByte)
        {
            throw new DataException(
                $"{path} holds {TypeName(magic[2])} (IDX type 0x{magic[2]:X2}); only unsigned bytes (0x08) are read. "
                + "Convert the values to unsigned bytes.");
        }

        if (magic[3] == 0)
        {
            throw new DataException($"{path} has no dimensions; at least one is needed. {GetAgain}");
        }

        Span<byte> sizes = stackalloc byte[4 * magic[3]];
        read = content.ReadAtLeast(sizes, sizes.Length, throwOnEndOfStream: false);
        if (read < sizes.Length)
        {
            throw Truncated(path, magic.Length + read);
        }

        var shape = new int[magic[3]];
        for (var i = 0; i < shape.Length; i++)
        {
            shape[i] = BinaryPrimitives.ReadInt32BigEndian(sizes[(4 * i)..]);
            if (shape[i] < 0)
            {
                throw new DataException(
                    $"{path} gives dimension {Number(i + 1)} the size {Number((uint)shape[i])}; at most "
                    + $"{Number(int.MaxValue)} is read. {GetAgain}");
            }
        }

        return shape;
    }

    private static DataException Truncated(string path, int held) =>
        new($"{path} is truncated: it ends within its header, after {Number(held)} bytes. {GetAgain}");

    private static string TypeName(byte code) => code switch
    {
        0x09 => "signed bytes",
        0x0B => "16-bit integers",
        0x0C => "32-bit integers",
        0x0D => "32-bit floats",
        0x0E => "64-bit floats",
        _ => "values of an unknown type",
    };

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
