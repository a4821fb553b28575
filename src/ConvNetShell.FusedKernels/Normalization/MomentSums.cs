namespace ConvNetShell.FusedKernels.Normalization;

/// <summary>Adds up what the moments of channels need, of some images at a time.</summary>
public sealed unsafe class MomentSums
{
    private const int FirstLook = 1 << 12; // values
    private readonly ChannelPattern pattern;
    private readonly double[] sums,
        squares;

    // distances from about the mean: squares of large numbers that are nearly alike would cancel out
    private float[]? near;
    private long rows;

    /// <param name="channels">The channels.</param>
    public MomentSums(int channels)
    {
        pattern = new ChannelPattern(channels);
        (sums, squares) = (new double[channels], new double[channels]);
    }

    /// <summary>Adds values.</summary>
    /// <param name="values">The address of the first, of the first channel.</param>
    /// <param name="count">How many, whole pixels.</param>
    /// <param name="isBFloat16">Whether they are bfloat16; otherwise they are float32.</param>
    public void Add(nint values, long count, bool isBFloat16)
    {
        if (count == 0)
        {
            return;
        }
        near ??= Look(values, count, isBFloat16);
        Sum(values, count, isBFloat16, near, sums, squares);
        rows += count / pattern.Channels;
    }

    /// <summary>Returns the moments of all values that were added.</summary>
    public ChannelMoments Moments()
    {
        double[] means = new double[sums.Length],
            distances = new double[sums.Length];
        for (int channel = 0; channel < means.Length; channel++)
        {
            double mean = rows == 0 ? 0 : sums[channel] / rows,
                square = squares[channel] - mean * sums[channel];
            distances[channel] = square < 0 ? 0 : square; // rounding; NaN stays
            means[channel] = mean + (near?[channel] ?? 0);
        }
        return new ChannelMoments(rows, means, distances);
    }

    private float[] Look(nint values, long count, bool isBFloat16)
    {
        long some = Math.Clamp(FirstLook / pattern.Channels, 1, count / pattern.Channels);
        double[] first = new double[pattern.Channels];
        Sum(values, some * pattern.Channels, isBFloat16, pattern.Repeat(first), first, new double[pattern.Channels]);
        return pattern.Repeat([.. first.Select(sum => sum / some)]);
    }

    private void Sum(nint values, long count, bool isBFloat16, float[] around, double[] distances, double[] powers)
    {
        fixed (float* center = around)
        {
            if (isBFloat16)
            {
                BatchNormKernels<BFloat16Format>.SumDistances((void*)values, (nint)count, pattern, center, distances, powers);
            }
            else
            {
                BatchNormKernels<Float32Format>.SumDistances((void*)values, (nint)count, pattern, center, distances, powers);
            }
        }
    }
}
