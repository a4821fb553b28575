namespace ConvNetShell.Core.Storage.Hdf5;

/// <summary>The type of values.</summary>
/// <param name="Name">The type as <see cref="TensorTypes"/> names it; TEXT and VARTEXT for texts of a fixed length and of any.</param>
/// <param name="Size">The bytes of a value.</param>
internal sealed record Hdf5Type(string Name, int Size)
{
    public const string Text = "TEXT",
        VariableText = "VARTEXT";

    private const string Other = "OTHER";

    /// <summary>Reads a type; one that is not known here has a name that no tensor has.</summary>
    public static Hdf5Type Read(Hdf5Cursor type)
    {
        const int integer = 0,
            real = 1,
            text = 3,
            opaque = 5,
            variable = 9;
        int kind = type.Byte() & 15,
            flags = (int)type.Number(1);
        type.Skip(2);
        ulong size = type.Number(4);
        if (size is 0 or > Hdf5Source.MostBytes)
        {
            throw type.Error("Damaged", "values of one or more bytes", $"{size}");
        }
        bool isBigEndian = (flags & 1) != 0,
            isSigned = (flags & 8) != 0;
        string name = kind switch
        {
            integer when !isBigEndian && size is 1 or 2 or 4 or 8 => $"{(isSigned ? 'I' : 'U')}{8 * size}",
            real when !isBigEndian && IsIeee(type, size) => $"F{8 * size}",
            text => Text,
            opaque when size == 2 => "BF16", // Keras' attribute dtype says so, as HDF5 lacks the type
            variable when (flags & 15) == 1 => VariableText,
            _ => Other,
        };
        return new Hdf5Type(name, (int)size);
    }

    /// <summary>The first bit and the number of bits, then where exponent and mantissa lie and how long they are.</summary>
    private static bool IsIeee(Hdf5Cursor type, ulong size)
    {
        type.Skip(4);
        ReadOnlySpan<byte> layout = type.Bytes(4);
        return size switch
        {
            2 => layout is [10, 5, 0, 10],
            4 => layout is [23, 8, 0, 23],
            8 => layout is [52, 11, 0, 52],
            _ => false,
        };
    }
}
