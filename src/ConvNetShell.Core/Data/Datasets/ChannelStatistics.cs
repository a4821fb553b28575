using System.Globalization;

namespace ConvNetShell.Core.Data.Datasets;

/// <summary>
/// Mean and standard deviation of each channel over all pixels of a split, in units of 0 to 1 (bytes divided by 255). The sums are whole
/// numbers, so the result does not depend on the order of the work.
/// </summary>
public sealed record ChannelStatistics
{
    private readonly double[] mean;
    private readonly double[] deviation;

    /// <summary>Initializes a new instance of the <see cref="ChannelStatistics"/> class.</summary>
    /// <param name="mean">The mean of each channel, 0 to 1.</param>
    /// <param name="deviation">The standard deviation (of the population) of each channel, 0 to 0.5.</param>
    public ChannelStatistics(IReadOnlyList<double> mean, IReadOnlyList<double> deviation)
    {
        this.mean = [.. mean];
        this.deviation = [.. deviation];
    }

    /// <summary>Gets the mean of each channel; a copy.</summary>
    public double[] Mean => (double[])mean.Clone();

    /// <summary>Gets the standard deviation of each channel; a copy. 0 where all pixels are equal.</summary>
    public double[] StandardDeviation => (double[])deviation.Clone();

    /// <summary>Measures a split.</summary>
    /// <param name="split">The images, channels last.</param>
    /// <returns>One mean and one deviation a channel.</returns>
    public static ChannelStatistics Measure(DatasetSplit split)
    {
        int channels = split.Shape.Channels;
        int size = (int)split.Shape.Elements;
        var sums = new long[channels];
        var squares = new long[channels];
        const int block = 256;
        Parallel.For(
            0,
            (split.Count + block - 1) / block,
            part =>
            {
                int images = Math.Min(block, split.Count - (part * block));
                ReadOnlySpan<byte> bytes = split.PixelArray.AsSpan(part * block * size, images * size);
                for (int channel = 0; channel < channels; channel++)
                {
                    long sum = 0,
                        square = 0;
                    for (int i = channel; i < bytes.Length; i += channels)
                    {
                        int value = bytes[i];
                        sum += value;
                        square += value * value;
                    }
                    Interlocked.Add(ref sums[channel], sum);
                    Interlocked.Add(ref squares[channel], square);
                }
            }
        );
        double count = (double)split.Count * size / channels;
        return new ChannelStatistics(
            [.. sums.Select(sum => sum / count / 255)],
            [.. sums.Zip(squares, (sum, square) => Math.Sqrt(Math.Max(0, (square / count) - (sum / count * (sum / count)))) / 255)]
        );
    }

    /// <summary>Compares the numbers.</summary>
    /// <param name="other">The other statistics.</param>
    /// <returns><see langword="true"/> if all are equal.</returns>
    public bool Equals(ChannelStatistics? other) =>
        other is not null && mean.SequenceEqual(other.mean) && deviation.SequenceEqual(other.deviation);

    /// <inheritdoc />
    public override int GetHashCode() => mean.Concat(deviation).Aggregate(17, HashCode.Combine);

    /// <summary>Says the numbers, four digits each.</summary>
    /// <returns>For example <c>mean 0.4914 0.4822 0.4465, deviation 0.2470 0.2435 0.2616</c>.</returns>
    public override string ToString() => $"mean {Text(mean)}, deviation {Text(deviation)}";

    private static string Text(double[] values) =>
        string.Join(' ', values.Select(value => value.ToString("0.0000", CultureInfo.InvariantCulture)));
}
