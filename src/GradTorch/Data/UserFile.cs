using System.Text;

namespace GradTorch.Data;

/// <summary>Reads a file that the user names in data:path.</summary>
internal static class UserFile
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <param name="what">What it must be, with its article.</param>
    /// <exception cref="DataException">It is not there, is a folder, or can't be read.</exception>
    public static byte[] Read(string path, string what)
    {
        if (Directory.Exists(path)) throw new DataException($"{path} (data:path) is a folder; it must be {what}. Give the file.");
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DataException(
                $"{path} (data:path) does not exist; it must be {what}. It is looked for from the working directory on, then from "
                + "the experiment's folder. Correct data:path.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"{path} can't be read: {e.Message} Check that it is a file you may read.", e);
        }
    }

    /// <returns>The text without a byte order mark.</returns>
    /// <exception cref="DataException">It is not UTF-8.</exception>
    public static string Decode(byte[] file, string path)
    {
        ReadOnlySpan<byte> text = file;
        if (text.StartsWith(Encoding.UTF8.Preamble)) text = text[Encoding.UTF8.Preamble.Length..];
        try
        {
            return Strict.GetString(text);
        }
        catch (DecoderFallbackException e)
        {
            var line = 1 + text[..e.Index].Count((byte)'\n');
            throw new DataException(FormattableString.Invariant(
                $"{path}:{line}: byte {Convert.ToHexString(e.BytesUnknown ?? [])} is not UTF-8. Save the file as UTF-8."), e);
        }
    }
}
