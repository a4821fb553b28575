using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Data.Datasets;

/// <summary>Stretches images to another size and number of channels, for networks that were made for other data.</summary>
public static class DatasetFit
{
    /// <summary>Returns a dataset whose images have another shape; the dataset itself where they have it already.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="shape">Channels (1 or 3), height and width.</param>
    /// <returns>The stretched dataset: bilinear in size; grey is 0.299 red + 0.587 green + 0.114 blue (ITU-R BT.601).</returns>
    /// <exception cref="ShapeMismatchException">The shape is no picture's.</exception>
    public static Dataset To(Dataset dataset, Shape shape)
    {
        if (shape.Equals(dataset.InputShape))
        {
            return dataset;
        }
        if (shape.Count != 3 || shape.Channels is not (1 or 3) || dataset.InputShape.Channels is not (1 or 3))
        {
            throw new ShapeMismatchException(
                $"The images of {dataset.Name}",
                "pictures of 1 or 3 channels x height x width to be stretched to",
                shape.ToString()
            );
        }
        return dataset.WithSplits(To(dataset.Train, shape), To(dataset.Validation, shape), To(dataset.Test, shape));
    }

    /// <summary>Returns one stretched image.</summary>
    internal static byte[] Stretch(ReadOnlySpan<byte> source, Shape from, Shape to)
    {
        var target = new byte[to.Elements];
        Stretch(source, from, target, to);
        return target;
    }

    [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(split))]
    private static DatasetSplit? To(DatasetSplit? split, Shape shape)
    {
        if (split is null)
        {
            return null;
        }
        int size = checked((int)shape.Elements);
        var pixels = new byte[checked(split.Count * size)];
        Parallel.For(0, split.Count, i => Stretch(split.Image(i), split.Shape, pixels.AsSpan(i * size, size), shape));
        return new DatasetSplit(split.Name, shape, pixels, split.LabelArray, split.Files);
    }

    private static void Stretch(ReadOnlySpan<byte> source, Shape from, Span<byte> target, Shape to)
    {
        int at = 0;
        for (int y = 0; y < to[1]; y++)
        {
            (int top, double down) = Source(y, to[1], from[1]);
            for (int x = 0; x < to[2]; x++)
            {
                (int left, double right) = Source(x, to[2], from[2]);
                for (int channel = 0; channel < to.Channels; channel++)
                {
                    double upper = Mix(Value(source, from, top, left, channel, to), Value(source, from, top, left + 1, channel, to), right);
                    double lower = Mix(
                        Value(source, from, top + 1, left, channel, to),
                        Value(source, from, top + 1, left + 1, channel, to),
                        right
                    );
                    target[at++] = (byte)Math.Clamp(Math.Round(Mix(upper, lower, down)), 0, 255);
                }
            }
        }
    }

    /// <summary>Returns the source pixel before a position of the stretched image, and the fraction towards the next one.</summary>
    private static (int Pixel, double Fraction) Source(int index, int count, int sourceCount)
    {
        double position = Math.Clamp((index + 0.5) * sourceCount / count - 0.5, 0, sourceCount - 1);
        return ((int)position, position - (int)position);
    }

    private static double Value(ReadOnlySpan<byte> source, Shape from, int row, int column, int channel, Shape to)
    {
        int at = (Math.Min(row, from[1] - 1) * from[2] + Math.Min(column, from[2] - 1)) * from.Channels;
        return from.Channels == to.Channels ? source[at + channel]
            : from.Channels == 1 ? source[at]
            : 0.299 * source[at] + 0.587 * source[at + 1] + 0.114 * source[at + 2];
    }

    private static double Mix(double a, double b, double fraction) => a + (b - a) * fraction;
}
