using System.ComponentModel;
using System.Globalization;
using ConvNetShell.Core.Errors;

namespace ConvNetShell.Core.Numerics;

/// <summary>
/// The shape of one sample, channels first: 3x32x32 is a color picture of 32 by 32 pixels, 120 a vector.
/// Two shapes are equal when their numbers are.
/// </summary>
// for scripts; other programs lack that assembly and do not need it
[TypeConverter("ConvNetShell.Cmdlets.Parameters.Conversion.ShapeConverter, ConvNetShell.Cmdlets")]
public sealed class Shape : IEquatable<Shape>
{
    private readonly int[] sizes;

    /// <summary>Initializes a new instance of the <see cref="Shape"/> class.</summary>
    /// <param name="sizes">Channels first, then height and width; or one number for a vector. All positive.</param>
    /// <exception cref="InvalidSettingException">There is no number, or one is below 1.</exception>
    public Shape(params int[] sizes)
    {
        if (sizes.Length == 0 || sizes.Any(size => size < 1))
        {
            throw new InvalidSettingException(
                "A shape",
                "one or more positive integers, channels first (3,32,32)",
                string.Join(',', sizes)
            );
        }
        this.sizes = (int[])sizes.Clone();
    }

    /// <summary>Gets the number of dimensions: 3 for a picture, 1 for a vector.</summary>
    public int Count => sizes.Length;

    /// <summary>Gets the number of channels (of a vector: its length).</summary>
    public int Channels => sizes[0];

    /// <summary>Gets the sizes after the channels: height and width of a picture, nothing of a vector.</summary>
    public ReadOnlySpan<int> Spatial => sizes.AsSpan(1);

    /// <summary>Gets the number of values in one sample.</summary>
    public long Elements => sizes.Aggregate(1L, (product, size) => checked(product * size));

    /// <summary>Gets the size at a position; 0 is the channels.</summary>
    /// <param name="index">The position.</param>
    public int this[int index] => sizes[index];

    /// <summary>
    /// Reads a shape. <c>3,32,32</c> is channels first, as torch has it; <c>32x32x3</c> is height x width x channels,
    /// as the lecture writes it; a single number is a vector.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <returns>The shape.</returns>
    /// <exception cref="InvalidSettingException">The text is neither.</exception>
    public static Shape Parse(string text)
    {
        bool channelsLast = text.Contains('x', StringComparison.OrdinalIgnoreCase);
        string[] parts = text.Split(
            channelsLast ? ['x', 'X'] : [',', ' '],
            StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries
        );
        var numbers = new int[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (!int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i]) || numbers[i] < 1)
            {
                throw new InvalidSettingException(
                    "A shape",
                    "positive integers, written 3,32,32 (channels first) or 32x32x3 (height x width x channels)",
                    text
                );
            }
        }
        return new Shape(channelsLast && numbers.Length > 1 ? [numbers[^1], .. numbers[..^1]] : numbers);
    }

    /// <summary>Copies the sizes into an array.</summary>
    /// <returns>A new array, channels first.</returns>
    public int[] ToArray() => (int[])sizes.Clone();

    /// <inheritdoc />
    public bool Equals(Shape? other) => other is not null && sizes.AsSpan().SequenceEqual(other.sizes);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as Shape);

    /// <inheritdoc />
    public override int GetHashCode() => sizes.Aggregate(17, HashCode.Combine);

    /// <summary>Writes the shape channels first, as 3x32x32.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => string.Join('x', sizes.Select(size => size.ToString(CultureInfo.InvariantCulture)));
}
