using System.Globalization;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Data.Arrays;

/// <summary>
/// Makes images and labels out of arrays. Images are N x rows x columns, channels last (N x rows x columns x 1 to 4) or channels first
/// (N x 1 to 4 x rows x columns); where both fit, last. N x length are sequences of one channel. Clips have frames before the rows, and
/// always channels. Bytes stay as they are; fractions from 0 to 1 are multiplied by 255; other numbers must lie from 0 to 255. Labels are
/// whole numbers of 0 or more, N or N x 1, or N x classes with a single 1 in each row.
/// </summary>
internal static class ImageArray
{
    private const int MostChannels = 4;

    /// <summary>Returns the shape of one image.</summary>
    /// <param name="array">The images.</param>
    /// <exception cref="DataFormatException">The array has no images.</exception>
    public static Shape ShapeOf(NpyArray array)
    {
        int[] sizes = array.Sizes;
        return sizes.All(size => size > 0)
            ? sizes.Length switch
            {
                2 => new Shape(1, sizes[1]),
                3 => new Shape(1, sizes[1], sizes[2]),
                4 when sizes[3] <= MostChannels => new Shape(sizes[3], sizes[1], sizes[2]),
                4 when sizes[1] <= MostChannels => new Shape(sizes[1], sizes[2], sizes[3]),
                5 when sizes[4] <= MostChannels => new Shape(sizes[4], sizes[1], sizes[2], sizes[3]),
                5 when sizes[1] <= MostChannels => new Shape(sizes[1], sizes[2], sizes[3], sizes[4]),
                _ => throw NoImages(array),
            }
            : throw NoImages(array);
    }

    /// <summary>Returns the shape of one sequence, as an array beside the sequences says.</summary>
    /// <param name="array">The sequences: N x length, or N x length x channels.</param>
    /// <param name="shape">Channels and length.</param>
    /// <exception cref="DataFormatException">The two do not fit.</exception>
    public static Shape SequenceShapeOf(NpyArray array, NpyArray shape)
    {
        int[] wanted = [.. Enumerable.Range(0, shape.Count).Select(i => (int)Math.Clamp(shape.Number(i), 0, int.MaxValue))];
        int[] sizes = array.Sizes;
        bool fits =
            wanted.Length == 2
            && wanted.All(size => size > 0)
            && sizes.Skip(1).SequenceEqual(sizes.Length == 2 && wanted[0] == 1 ? [wanted[1]] : [wanted[1], wanted[0]]);
        return fits
            ? new Shape(wanted)
            : throw new DataFormatException(
                "Data.BadDimensions",
                shape.Path,
                $"expected channels and length of the sequences, which are an array of {array.SizesText()}. "
                    + $"Received: {string.Join(", ", wanted)}."
            );
    }

    /// <summary>Returns the images as bytes, channels last.</summary>
    /// <param name="array">The images.</param>
    /// <exception cref="DataFormatException">The numbers are no pixels.</exception>
    public static byte[] Pixels(NpyArray array)
    {
        byte[] bytes = array is { Kind: 'u', ItemSize: 1 } ? array.Data : ToBytes(array);
        bool areChannelsFirst = array.Sizes.Length > 3 && array.Sizes[^1] > MostChannels && array.Sizes[1] > 1;
        return areChannelsFirst ? ChannelsLast(bytes, array.Sizes) : bytes;
    }

    /// <summary>Returns labels.</summary>
    /// <param name="array">The labels.</param>
    /// <param name="count">The number of images.</param>
    /// <exception cref="DataFormatException">There are more or fewer than images, or they are no labels.</exception>
    public static int[] Labels(NpyArray array, int count)
    {
        bool isColumn = array.Sizes.Length == 1 || (array.Sizes.Length == 2 && array.Sizes[1] == 1),
            isOneHot = array.Sizes.Length == 2 && array.Sizes[1] > 1;
        if (!(isColumn || isOneHot) || array.Sizes[0] != count)
        {
            throw new DataFormatException(
                "Data.CountMismatch",
                array.Path,
                FormattableString.Invariant(
                    $"expected one label for each of the {count} images. Received: an array of {array.SizesText()}."
                )
            );
        }
        return isColumn ? [.. Enumerable.Range(0, count).Select(i => Label(array, i))] : OneHot(array, count);
    }

    private static int Label(NpyArray array, int index)
    {
        double value = array.Number(index);
        return value >= 0 && value < int.MaxValue && value == Math.Floor(value)
            ? (int)value
            : throw new DataFormatException(
                "Data.BadLabel",
                array.Path,
                FormattableString.Invariant($"expected whole numbers of 0 or more. Received: {value} at index {index}.")
            );
    }

    private static int[] OneHot(NpyArray array, int count)
    {
        int classes = array.Sizes[1];
        var labels = new int[count];
        for (int row = 0; row < count; row++)
        {
            int ones = 0;
            for (int label = 0; label < classes; label++)
            {
                double value = array.Number((row * classes) + label);
                ones += value == 1 ? 1 : 0;
                labels[row] = value == 1 ? label : labels[row];
                if (value is not (0 or 1))
                {
                    ones = 2;
                    break;
                }
            }
            if (ones != 1)
            {
                throw new DataFormatException(
                    "Data.BadLabel",
                    array.Path,
                    FormattableString.Invariant($"expected a single 1 and zeros in each row. Received: other numbers in row {row}.")
                );
            }
        }
        return labels;
    }

    private static byte[] ToBytes(NpyArray array)
    {
        double smallest = double.PositiveInfinity,
            largest = double.NegativeInfinity;
        for (int i = 0; i < array.Count; i++)
        {
            double value = array.Number(i);
            if (!double.IsFinite(value))
            {
                throw BadPixels(array, value, value);
            }
            (smallest, largest) = (Math.Min(smallest, value), Math.Max(largest, value));
        }
        if (smallest < 0 || largest > byte.MaxValue)
        {
            throw BadPixels(array, smallest, largest);
        }
        bool areFractions = array.Kind is 'b' || (array.Kind is 'f' && largest <= 1);
        var bytes = new byte[array.Count];
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)Math.Round(array.Number(i) * (areFractions ? byte.MaxValue : 1));
        }
        return bytes;
    }

    private static byte[] ChannelsLast(byte[] planes, int[] sizes)
    {
        int channels = sizes[1],
            plane = sizes.Skip(2).Aggregate(1, (product, size) => product * size);
        var pixels = new byte[planes.Length];
        Parallel.For(
            0,
            sizes[0],
            image =>
            {
                ReadOnlySpan<byte> from = planes.AsSpan(image * channels * plane, channels * plane);
                Span<byte> to = pixels.AsSpan(image * channels * plane, channels * plane);
                for (int i = 0; i < plane; i++)
                {
                    for (int channel = 0; channel < channels; channel++)
                    {
                        to[(i * channels) + channel] = from[(channel * plane) + i];
                    }
                }
            }
        );
        return pixels;
    }

    private static DataFormatException NoImages(NpyArray array) =>
        new(
            "Data.BadDimensions",
            array.Path,
            "expected images or sequences: N x length, N x rows x columns, N x rows x columns x channels or N x channels x rows x "
                + $"columns, with 1 to {MostChannels.ToString(CultureInfo.InvariantCulture)} channels, or clips with frames before the "
                + "rows. "
                + $"Received: an array of {array.SizesText()}."
        );

    private static DataFormatException BadPixels(NpyArray array, double smallest, double largest) =>
        new(
            "Data.BadPixels",
            array.Path,
            string.Create(
                CultureInfo.InvariantCulture,
                $"expected pixels from 0 to 255, or fractions from 0 to 1. Received: numbers from {smallest} to {largest}."
            )
        );
}
