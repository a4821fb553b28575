using System.Globalization;

namespace ConvNetShell.Core.Data.Datasets;

/// <summary>
/// Mean and standard deviation of each channel over all pixels of a split, in units of 0 to 1 (bytes divided by 255). The sums are whole
/// numbers, so the result does not depend on the order of the work.
/// </summary>
public sealed record ChannelStatistics
{
    /// <summary>The most images of a streamed split that are read to measure it.</summary>
    internal const int MostStreamedImages = 10_000;
    private const int Block = 64;
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

    /// <summary>
    /// Measures a split. Of a streamed one, at most 10,000 images are read, evenly spaced over the split; a split of so many or fewer gives
    /// the same numbers as in memory.
    /// </summary>
    /// <param name="split">The images, channels last.</param>
    /// <returns>One mean and one deviation a channel.</returns>
    public static ChannelStatistics Measure(DatasetSplit split)
    {
        int channels = split.Shape.Channels,
            images = split.IsStreamed ? Math.Min(split.Count, MostStreamedImages) : split.Count;
        var sums = new long[channels];
        var squares = new long[channels];
        ParallelImages.For(
            (images + Block - 1) / Block,
            split.Store?.DecodeThreads,
            part =>
            {
                var own = new long[2 * channels];
                for (int i = part * Block; i < Math.Min(images, (part + 1) * Block); i++)
                {
                    Add(split.Image((int)((long)i * split.Count / images)), own.AsSpan(0, channels), own.AsSpan(channels));
                }
                for (int channel = 0; channel < channels; channel++)
                {
                    Interlocked.Add(ref sums[channel], own[channel]);
                    Interlocked.Add(ref squares[channel], own[channels + channel]);
                }
            }
        );
        double count = (double)images * split.Shape.Elements / channels;
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

    private static void Add(ReadOnlySpan<byte> pixels, Span<long> sums, Span<long> squares)
    {
        int channels = sums.Length;
        for (int channel = 0; channel < channels; channel++)
        {
            long sum = 0,
                square = 0;
            for (int i = channel; i < pixels.Length; i += channels)
            {
                int value = pixels[i];
                sum += value;
                square += value * value;
            }
            sums[channel] += sum;
            squares[channel] += square;
        }
    }

    private static string Text(double[] values) =>
        string.Join(' ', values.Select(value => value.ToString("0.0000", CultureInfo.InvariantCulture)));
}
