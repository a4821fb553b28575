using System.ComponentModel;
using System.Globalization;
using ConvNetShell.Core.Errors;

namespace ConvNetShell.Core.Layers.Windows;

/// <summary>
/// A size for each spatial dimension: a kernel, a stride. One number stands for all dimensions: 5 is 5x5 of a picture.
/// Two extents are equal when their numbers are.
/// </summary>
// for scripts; other programs lack that assembly and do not need it
[TypeConverter("ConvNetShell.Cmdlets.Parameters.Conversion.SpatialSizeConverter, ConvNetShell.Cmdlets")]
public sealed class SpatialSize : IEquatable<SpatialSize>
{
    private readonly int[] sizes;

    /// <summary>Initializes a new instance of the <see cref="SpatialSize"/> class.</summary>
    /// <param name="sizes">One number for all dimensions, or one for each (height, width; of a clip: time, height, width).</param>
    public SpatialSize(params int[] sizes)
    {
        ArgumentOutOfRangeException.ThrowIfZero(sizes.Length);
        this.sizes = sizes.All(size => size == sizes[0]) ? [sizes[0]] : (int[])sizes.Clone();
    }

    /// <summary>Gets how many numbers the extent has; 1 where they are all equal.</summary>
    public int Count => sizes.Length;

    /// <summary>Gets the size of a dimension; an extent of one number has it for every dimension.</summary>
    /// <param name="index">The spatial dimension, from 0.</param>
    public int this[int index] => sizes.Length == 1 ? sizes[0] : sizes[index];

    /// <summary>Lets one number stand for an extent.</summary>
    /// <param name="size">The size in every dimension.</param>
    public static implicit operator SpatialSize(int size) => new(size);

    /// <summary>Reads 5, 5x3 or 5,3.</summary>
    /// <param name="setting">The setting's name, for the error.</param>
    /// <param name="text">The text.</param>
    /// <returns>The extent.</returns>
    /// <exception cref="InvalidSettingException">The text is no list of integers.</exception>
    public static SpatialSize Parse(string setting, string text)
    {
        string[] parts = text.Split(['x', 'X', ','], StringSplitOptions.TrimEntries);
        var numbers = new int[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (!int.TryParse(parts[i], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out numbers[i]))
            {
                throw new InvalidSettingException(setting, "an integer (5), or one for each dimension (5x3)", text);
            }
        }
        return new SpatialSize(numbers);
    }

    /// <summary>Returns whether every number meets a condition.</summary>
    /// <param name="condition">The condition.</param>
    /// <returns>Whether all meet it.</returns>
    public bool All(Predicate<int> condition) => Array.TrueForAll(sizes, condition);

    /// <summary>Returns whether the extent can be used in so many dimensions: with one number, or one for each.</summary>
    /// <param name="dimensions">How many dimensions.</param>
    /// <returns>Whether it fits.</returns>
    public bool Fits(int dimensions) => sizes.Length == 1 || sizes.Length == dimensions;

    /// <summary>Returns one number for each dimension.</summary>
    /// <param name="dimensions">How many dimensions.</param>
    /// <returns>A new array of that length.</returns>
    public int[] Expand(int dimensions) => [.. Enumerable.Range(0, dimensions).Select(d => this[d])];

    /// <inheritdoc />
    public bool Equals(SpatialSize? other) => other is not null && sizes.AsSpan().SequenceEqual(other.sizes);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as SpatialSize);

    /// <inheritdoc />
    public override int GetHashCode() => sizes.Aggregate(17, HashCode.Combine);

    /// <summary>Writes one number for each dimension: 5x5x5.</summary>
    /// <param name="dimensions">How many dimensions.</param>
    /// <returns>The text.</returns>
    public string ToString(int dimensions) => string.Join('x', Expand(dimensions));

    /// <summary>Writes the numbers as 5x3; a single number twice, as for a picture: 5x5.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => ToString(Math.Max(2, sizes.Length));
}
