using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ConvNetShell.Core.Data.Images;
using ConvNetShell.Core.Errors;

namespace ConvNetShell.Core.Data.Arrays;

/// <summary>
/// The header of NumPy's .npy (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html), versions 1 to 3: a magic number, a
/// length, and a Python dictionary with the type, the order of the dimensions and their sizes.
/// </summary>
/// <param name="Kind">b (true or false), i, u, f, or U (text, four bytes a letter).</param>
/// <param name="ItemSize">The bytes of one item.</param>
/// <param name="IsBigEndian">Whether the most significant byte comes first.</param>
/// <param name="IsFortran">Whether the first dimension is the first to move.</param>
/// <param name="Sizes">The size of each dimension; none for a single number.</param>
/// <param name="Length">The bytes of the header; the items follow.</param>
internal sealed partial record NpyHeader(char Kind, int ItemSize, bool IsBigEndian, bool IsFortran, int[] Sizes, int Length)
{
    /// <summary>The magic number that every file begins with.</summary>
    internal const string Magic = "\u0093NUMPY";

    private const int LongestText = 1 << 16,
        MostDimensions = 8,
        LongestItem = 1 << 12;

    /// <summary>Gets the number of items.</summary>
    public long Items => Sizes.Aggregate(1L, (product, size) => product * size);

    /// <summary>Gets the number of bytes of all items.</summary>
    public long Bytes => Items * ItemSize;

    /// <summary>Reads a header.</summary>
    /// <param name="stream">The file, from its beginning.</param>
    /// <param name="path">What errors call the file.</param>
    /// <exception cref="DataFormatException">It is no such header, or of a type that has no numbers.</exception>
    public static NpyHeader Read(Stream stream, string path)
    {
        Span<byte> start = stackalloc byte[8];
        stream.ReadExactly(start);
        if (Encoding.Latin1.GetString(start[..6]) != Magic || start[6] is < 1 or > 3)
        {
            throw new DataFormatException(
                "Data.WrongMagic",
                path,
                $"expected \\x93NUMPY and a version from 1 to 3 at byte 0. Received: 0x{Convert.ToHexString(start)}."
            );
        }
        Span<byte> size = stackalloc byte[start[6] == 1 ? 2 : 4];
        stream.ReadExactly(size);
        uint length = size.Length == 2 ? BinaryPrimitives.ReadUInt16LittleEndian(size) : BinaryPrimitives.ReadUInt32LittleEndian(size);
        if (length > LongestText)
        {
            throw Wrong(
                path,
                FormattableString.Invariant($"a header of at most {LongestText} bytes"),
                FormattableString.Invariant($"{length} at byte 8")
            );
        }
        var bytes = new byte[length];
        stream.ReadExactly(bytes);
        return Parse(Encoding.UTF8.GetString(bytes), 8 + size.Length + bytes.Length, path);
    }

    private static NpyHeader Parse(string text, int length, string path)
    {
        Match type = Type().Match(text),
            order = Order().Match(text),
            shape = Shape().Match(text);
        if (!type.Success || !order.Success || !shape.Success)
        {
            throw Wrong(
                path,
                "a simple type, the order and the shape in the header, as {'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }",
                $"'{(text.Length > 100 ? text[..100] : text).Trim()}'"
            );
        }
        string name = type.Groups[1].Value;
        char kind = type.Groups["kind"].Value[0];
        if (kind == 'O')
        {
            throw new DataFormatException(
                "Data.UnsafeType",
                path,
                "expected numbers. Received: Python objects (a pickle), which can run code and are never read."
            );
        }
        bool isKnown = kind switch
        {
            'b' => name[^1..] == "1",
            'i' or 'u' => name[^1..] is "1" or "2" or "4" or "8",
            'f' => name[^1..] is "2" or "4" or "8",
            _ => kind == 'U',
        };
        if (
            !isKnown
            || !int.TryParse(type.Groups["size"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int size)
            || (kind == 'U' ? size is < 1 or > LongestItem : size > sizeof(double))
        )
        {
            throw Wrong(path, "the type bool, int8 to int64, uint8 to uint64, float16 to float64, or text", $"'{name}'");
        }
        return new NpyHeader(
            kind,
            kind == 'U' ? size * 4 : size,
            name[0] == '>',
            order.Groups[1].Value == "True",
            ReadSizes(shape.Groups[1].Value, kind == 'U' ? size * 4 : size, path),
            length
        );
    }

    private static int[] ReadSizes(string text, int itemSize, string path)
    {
        string[] parts = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var sizes = new int[parts.Length];
        long bytes = itemSize;
        for (int i = 0; i < parts.Length; i++)
        {
            bool isSize =
                parts.Length <= MostDimensions
                && int.TryParse(parts[i].TrimEnd('L'), NumberStyles.None, CultureInfo.InvariantCulture, out sizes[i]);
            bytes *= sizes[i]; // each factor is below 2^31, and the product is stopped at 2^31
            if (!isSize || bytes > DataFile.LargestArray)
            {
                throw new DataFormatException(
                    isSize ? "Data.TooLarge" : "Data.BadDimensions",
                    path,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"expected at most {MostDimensions} sizes of 0 or more, and {DataFile.LargestArray} bytes. Received: ({text}), "
                            + $"{itemSize} bytes an item."
                    )
                );
            }
        }
        return sizes;
    }

    private static DataFormatException Wrong(string path, string expected, string received) =>
        new("Data.BadHeader", path, $"expected {expected}. Received: {received}.");

    [GeneratedRegex(@"'descr'\s*:\s*'([<>|=]?(?<kind>[A-Za-z])(?<size>[0-9]{0,6}))'", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Type();

    [GeneratedRegex(@"'fortran_order'\s*:\s*(True|False)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Order();

    [GeneratedRegex(@"'shape'\s*:\s*\(([^()]*)\)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Shape();
}
