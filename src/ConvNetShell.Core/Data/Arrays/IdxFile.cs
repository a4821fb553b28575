using System.Buffers.Binary;
using System.Globalization;
using ConvNetShell.Core.Data.Images;
using ConvNetShell.Core.Errors;

namespace ConvNetShell.Core.Data.Arrays;

/// <summary>
/// One file in the IDX format of MNIST (LeCun, http://yann.lecun.com/exdb/mnist/): two zero bytes, the type (8: unsigned byte), the count
/// of
/// dimensions, each dimension as a big-endian 32-bit number, then the values. Plain or gzip.
/// </summary>
/// <param name="Dimensions">The sizes: images x rows x columns, or labels.</param>
/// <param name="Values">The bytes, last dimension fastest.</param>
internal sealed record IdxFile(int[] Dimensions, byte[] Values)
{
    /// <summary>No gzip stream unpacks to more than this many times its size, so a larger claim is a lie and costs no memory.</summary>
    private const long LargestGzipRatio = 1032;

    /// <summary>The most bytes that a packed file may unpack to: 1 GB, twice the largest set of this kind (EMNIST).</summary>
    private const long LargestUnpacked = 1 << 30;

    /// <summary>Reads a file of <paramref name="dimensionChoices"/> dimensions.</summary>
    public static IdxFile Read(string path, params int[] dimensionChoices) =>
        DataFile.Guard(
            path,
            () =>
            {
                using Stream stream = DataFile.OpenUnpacked(path, out bool packed);
                Span<byte> magic = stackalloc byte[4];
                stream.ReadExactly(magic);
                if (magic[0] != 0 || magic[1] != 0 || magic[2] != 8 || !dimensionChoices.Contains(magic[3]))
                {
                    string expected = string.Join(
                        " or ",
                        dimensionChoices.Select(count => string.Create(CultureInfo.InvariantCulture, $"0x0000080{count}"))
                    );
                    throw new DataFormatException(
                        "Data.WrongMagic",
                        path,
                        $"expected the magic number {expected} (unsigned bytes). Received: 0x{Convert.ToHexString(magic)}."
                    );
                }
                int[] dimensions = ReadDimensions(stream, magic[3]);
                long product = Product(path, dimensions);
                long length = new FileInfo(path).Length;
                long available = packed ? Math.Min(length * LargestGzipRatio, LargestUnpacked) : length - 4 - (4 * dimensions.Length);
                if (product > available)
                {
                    throw new DataFormatException(
                        "Data.Truncated",
                        path,
                        $"expected {Text(dimensions)} bytes. Received: {available.ToString(CultureInfo.InvariantCulture)} at "
                            + $"most; the file was cut short or its header is wrong."
                    );
                }
                var values = new byte[product];
                stream.ReadExactly(values);
                if (stream.ReadByte() >= 0)
                {
                    throw new DataFormatException(
                        "Data.WrongLength",
                        path,
                        $"expected {Text(dimensions)} bytes. Received: more than that."
                    );
                }
                return new IdxFile(dimensions, values);
            }
        );

    /// <summary>Writes the dimensions as 10x28x28.</summary>
    public static string Text(int[] dimensions) => string.Join('x', dimensions.Select(size => size.ToString(CultureInfo.InvariantCulture)));

    private static int[] ReadDimensions(Stream stream, int count)
    {
        Span<byte> bytes = stackalloc byte[4];
        var dimensions = new int[count];
        for (int i = 0; i < count; i++)
        {
            stream.ReadExactly(bytes);
            dimensions[i] = BinaryPrimitives.ReadInt32BigEndian(bytes);
        }
        return dimensions;
    }

    private static long Product(string path, int[] dimensions)
    {
        long product = 1;
        foreach (int size in dimensions)
        {
            if (size < 1)
            {
                throw new DataFormatException("Data.BadDimensions", path, $"expected positive dimensions. Received: {Text(dimensions)}.");
            }

            // Each factor is below 2^31 and the product is stopped at 2^31, so it never overflows.
            product *= size;
            if (product > DataFile.LargestArray)
            {
                throw new DataFormatException(
                    "Data.TooLarge",
                    path,
                    $"expected at most {DataFile.LargestArray.ToString(CultureInfo.InvariantCulture)} bytes. Received: {Text(dimensions)}."
                );
            }
        }
        return product;
    }
}
