using System.Globalization;

namespace ConvNetShell.Core.Storage;

/// <summary>Says what a file seems to be by its first bytes, for errors about files of another format.</summary>
internal static class FileSignature
{
    private const int Length = 16;

    /// <summary>Returns what a file seems to be.</summary>
    /// <param name="file">The file.</param>
    public static string Describe(TensorFile file)
    {
        byte[] start = file.Read(0, (int)Math.Min(Length, file.Length));
        return Kind(start) ?? string.Create(CultureInfo.InvariantCulture, $"a file of {file.Length} bytes of an unknown format");
    }

    private static string? Kind(ReadOnlySpan<byte> start) =>
        start.StartsWith("PK"u8) ? "a ZIP file, as PyTorch's .pth and Keras' .keras are"
        : start.StartsWith("CNSHCKP1"u8) ? "a checkpoint of an earlier version of ConvNetShell"
        : start is [0x89, (byte)'H', (byte)'D', (byte)'F', ..] ? "an HDF5 file, as Keras' .h5 is"
        : start is [0x89, (byte)'P', (byte)'N', (byte)'G', ..] ? "a PNG picture"
        : start is [0x80, >= 2 and <= 5, ..] ? "a pickle of Python, as PyTorch's older .pth is"
        : start is [0x1f, 0x8b, ..] ? "a file packed by gzip"
        : start.Length > 9 && start[8] == (byte)'{' && start[9] == (byte)'"' ? "a safetensors file"
        : start.TrimStart(" \r\n\t"u8) is [(byte)'{' or (byte)'[', ..] ? "JSON text"
        : start.ContainsAnyInRange((byte)0, (byte)8) ? null
        : "text";
}
