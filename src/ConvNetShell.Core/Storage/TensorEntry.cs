using System.Globalization;

namespace ConvNetShell.Core.Storage;

/// <summary>A tensor in a file.</summary>
/// <param name="Name">The name, for example conv1.weight.</param>
/// <param name="Type">The type of a value as safetensors writes it: F64, F32, F16, BF16, I64, I32, I16, I8, U8, BOOL.</param>
/// <param name="Shape">The sizes; none for a single value.</param>
/// <param name="Offset">Where its bytes begin in the file.</param>
/// <param name="Bytes">The bytes it takes, row by row, little endian.</param>
internal sealed record TensorEntry(string Name, string Type, IReadOnlyList<long> Shape, long Offset, long Bytes)
{
    /// <summary>Gets the number of values.</summary>
    internal long Values => Bytes / (TensorTypes.SizeOf(Type) ?? 1);

    /// <summary>Returns whether a shape is that of the tensor.</summary>
    /// <param name="shape">The shape.</param>
    internal bool HasShape(ReadOnlySpan<long> shape) => Shape.ToArray().AsSpan().SequenceEqual(shape);

    /// <summary>Says the name, the type and the shape.</summary>
    /// <returns>For example <c>conv1.weight F32 16x3x5x5</c>.</returns>
    public override string ToString() => $"{Name} {Type} {SizeText(Shape)}";

    /// <summary>Returns a shape as text.</summary>
    /// <param name="shape">The sizes.</param>
    internal static string SizeText(IEnumerable<long> shape)
    {
        string text = string.Join('x', shape.Select(size => size.ToString(CultureInfo.InvariantCulture)));
        return text.Length > 0 ? text : "(one value)";
    }
}
