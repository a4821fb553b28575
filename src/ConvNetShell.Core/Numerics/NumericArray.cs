using System.Collections;
using System.ComponentModel;
using System.Globalization;
using ConvNetShell.Core.Errors;

namespace ConvNetShell.Core.Numerics;

/// <summary>Numbers in one to five dimensions, as a user typed or read them. NaN and infinities are kept.</summary>
// for scripts; other programs lack that assembly and do not need it
[TypeConverter("ConvNetShell.Cmdlets.Parameters.Conversion.NumericArrayConverter, ConvNetShell.Cmdlets")]
public sealed class NumericArray
{
    private readonly int[] sizes;
    private readonly double[] values;

    /// <summary>Initializes a new instance of the <see cref="NumericArray"/> class over an array it takes over.</summary>
    /// <param name="values">The numbers, the last dimension first to move.</param>
    /// <param name="sizes">The size of each dimension, one or more.</param>
    /// <exception cref="ShapeMismatchException">There are more or fewer numbers than the sizes say.</exception>
    public NumericArray(double[] values, params int[] sizes)
    {
        long count = sizes.Aggregate(1L, (product, size) => product * size);
        if (values.Length != count || count == 0 || sizes.Length == 0)
        {
            throw new ShapeMismatchException(
                "An array",
                $"{count} numbers for {Text(sizes)}, one or more",
                values.Length.ToString(CultureInfo.InvariantCulture)
            );
        }
        this.values = values;
        this.sizes = (int[])sizes.Clone();
    }

    /// <summary>Gets the number of dimensions.</summary>
    public int Rank => sizes.Length;

    /// <summary>Gets the size of each dimension.</summary>
    public IReadOnlyList<int> Sizes => sizes;

    /// <summary>Gets the numbers, the last dimension first to move.</summary>
    public IReadOnlyList<double> Values => values;

    /// <summary>Gets a value indicating whether the first dimension is known to be channels, as it is of a color picture.</summary>
    public bool HasChannels { get; init; }

    /// <summary>Gets the number of values that are not a number.</summary>
    public int NaNCount => values.Count(double.IsNaN);

    internal double[] Data => values;

    /// <summary>Reads a number, a list of numbers, or lists of lists of equal length; also rectangular arrays.</summary>
    /// <param name="setting">The user's name of the array, for the error.</param>
    /// <param name="value">The value.</param>
    /// <param name="unwrap">Takes the wrapper off an item; <see langword="null"/> where there is none.</param>
    /// <returns>The array.</returns>
    /// <exception cref="InvalidSettingException">It is empty, ragged, or has something else than numbers in it.</exception>
    public static NumericArray Read(string setting, object? value, Func<object?, object?>? unwrap = null)
    {
        Func<object?, object?> bare = unwrap ?? (item => item);
        var sizes = new List<int>();
        var values = new List<double>();
        object? root = bare(value);
        if (root is Array { Rank: > 1 } box)
        {
            sizes.AddRange(Enumerable.Range(0, box.Rank).Select(box.GetLength));
            values.AddRange(box.Cast<object?>().Select(item => Number(setting, bare(item))));
        }
        else
        {
            Collect(root is IList ? root : new[] { root }, 0);
        }
        return values.Count > 0
            ? new NumericArray([.. values], [.. sizes])
            : throw new InvalidSettingException(setting, "one or more numbers", "an empty array");

        void Collect(object? item, int depth)
        {
            if (item is not IList list)
            {
                values.Add(depth == sizes.Count ? Number(setting, item) : throw Ragged(setting, depth));
                return;
            }
            if (list.Count == 0)
            {
                throw new InvalidSettingException(setting, "one or more numbers", "an empty array");
            }
            if (depth == sizes.Count)
            {
                sizes.Add(values.Count == 0 ? list.Count : throw Ragged(setting, depth));
            }
            else if (sizes[depth] != list.Count)
            {
                throw new InvalidSettingException(
                    setting,
                    string.Create(CultureInfo.InvariantCulture, $"lists of equal length ({sizes[depth]} at depth {depth + 1})"),
                    string.Create(CultureInfo.InvariantCulture, $"one of {list.Count}")
                );
            }
            foreach (object? inner in list)
            {
                Collect(bare(inner), depth + 1);
            }
        }
    }

    /// <summary>Returns the numbers as arrays of arrays, which scripts index as <c>$x[0][1]</c>; one dimension is a plain array.</summary>
    /// <returns>A new array.</returns>
    public Array ToArray() => Nest(0, 0, values.Length);

    /// <summary>Returns the same numbers in other sizes.</summary>
    /// <param name="other">The sizes; their product is the count.</param>
    /// <returns>The array.</returns>
    public NumericArray Reshape(params int[] other) => new(values, other);

    /// <summary>Says the sizes.</summary>
    /// <returns>For example <c>3x32x32</c>.</returns>
    public override string ToString() => Text(sizes);

    internal static string Text(IEnumerable<int> sizes) =>
        string.Join('x', sizes.Select(size => size.ToString(CultureInfo.InvariantCulture)));

    private Array Nest(int depth, int start, int length)
    {
        if (depth == sizes.Length - 1)
        {
            return values.AsSpan(start, length).ToArray();
        }
        int part = length / sizes[depth];
        Array[] rows = [.. Enumerable.Range(0, sizes[depth]).Select(i => Nest(depth + 1, start + i * part, part))];
        return depth == sizes.Length - 2 ? rows.Cast<double[]>().ToArray() : rows;
    }

    private static InvalidSettingException Ragged(string setting, int depth) =>
        new(
            setting,
            "numbers at one depth of lists only",
            string.Create(CultureInfo.InvariantCulture, $"a number beside a list at depth {depth}")
        );

    private static double Number(string setting, object? item) =>
        item switch
        {
            double or float or int or long or byte or short or uint or ulong or ushort or sbyte or decimal => Convert.ToDouble(
                item,
                CultureInfo.InvariantCulture
            ),
            bool truth => truth ? 1 : 0,
            string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) => number,
            _ => throw new InvalidSettingException(setting, "numbers, or lists of numbers", item),
        };
}
