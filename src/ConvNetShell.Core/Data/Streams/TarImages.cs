using System.Globalization;
using ConvNetShell.Core.Data.Images;
using ConvNetShell.Core.Errors;
using Microsoft.Win32.SafeHandles;

namespace ConvNetShell.Core.Data.Streams;

/// <summary>Image files in tar archives that are not packed. Only where each begins is kept; each archive is a shard.</summary>
/// <param name="archives">The paths of the archives.</param>
/// <param name="images">For each image the archive, and where in it the file begins and how long it is.</param>
internal sealed class TarImages(string[] archives, (int Archive, long Offset, int Length)[] images) : IEncodedImages
{
    /// <inheritdoc />
    public int Count => images.Length;

    /// <inheritdoc />
    public string Path(int index) =>
        string.Create(CultureInfo.InvariantCulture, $"{archives[images[index].Archive]} (the file at byte {images[index].Offset})");

    /// <inheritdoc />
    public string Name(int index) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{System.IO.Path.GetFileName(archives[images[index].Archive])}@{images[index].Offset}"
        );

    /// <inheritdoc />
    public byte[] Bytes(int index)
    {
        (int archive, long offset, int length) = images[index];
        return DataFile.Guard(
            archives[archive],
            () =>
            {
                using SafeFileHandle file = File.OpenHandle(archives[archive], FileMode.Open, FileAccess.Read, FileShare.Read);
                var bytes = new byte[length];
                int read = RandomAccess.Read(file, bytes, offset);
                return read == length
                    ? bytes
                    : throw new DataFormatException(
                        "Data.Truncated",
                        Path(index),
                        "expected the archive as it was. Received: a shorter one."
                    );
            }
        );
    }

    /// <inheritdoc />
    public long Length(int index) => images[index].Length;

    /// <inheritdoc />
    public int Shard(int index) => images[index].Archive;
}
