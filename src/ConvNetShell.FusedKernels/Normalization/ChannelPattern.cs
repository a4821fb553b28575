namespace ConvNetShell.FusedKernels.Normalization;

/// <summary>
/// Where the channels lie in values stored pixel by pixel. Vectors hold the values of any channels, of a pixel and of the next; after
/// <see cref="Length"/> values a step of two vectors begins with the first channel again.
/// </summary>
internal sealed class ChannelPattern
{
    /// <summary>The values that a step of the kernels takes: two vectors, whose sums do not wait for each other.</summary>
    public const int Step = 32;

    /// <param name="channels">The channels.</param>
    public ChannelPattern(int channels)
    {
        (int divisor, int rest) = (channels, Step);
        while (rest != 0)
        {
            (divisor, rest) = (rest, divisor % rest);
        }
        (Channels, Length) = (channels, checked(channels / divisor * Step));
    }

    /// <summary>Gets the channels.</summary>
    public int Channels { get; }

    /// <summary>Gets the values until a step begins with the first channel again.</summary>
    public int Length { get; }

    /// <summary>Returns the values that whole patterns take; the others are computed one by one.</summary>
    /// <param name="count">All values.</param>
    public nint Whole(nint count) => count / Length * Length;

    /// <summary>Returns the steps of whole patterns, a few patterns together: the first value, where to end, and the place.</summary>
    /// <param name="count">All values.</param>
    /// <param name="most">About the most values to have together.</param>
    public IEnumerable<(nint Start, nint End, int Place)> Steps(nint count, int most)
    {
        nint whole = Whole(count),
            chunk = Math.Max(most / Length, 1) * (nint)Length;
        for (nint start = 0; start < whole; start += chunk)
        {
            for (int place = 0; place < Length; place += Step)
            {
                yield return (start + place, nint.Min(start + chunk, whole), place);
            }
        }
    }

    /// <summary>Returns a number of each channel for every place.</summary>
    /// <param name="numbers">The numbers.</param>
    public float[] Repeat(IReadOnlyList<double> numbers)
    {
        float[] all = new float[Length];
        for (int i = 0; i < all.Length; i++)
        {
            all[i] = (float)numbers[i % Channels];
        }
        return all;
    }

    /// <summary>Adds the two sums of each value of a step to those of the channels.</summary>
    /// <param name="found">The first sum of each, then the second.</param>
    /// <param name="place">The place of the step.</param>
    /// <param name="sums">The first sum of each channel.</param>
    /// <param name="others">The second.</param>
    public void Add(ReadOnlySpan<float> found, int place, double[] sums, double[] others)
    {
        for (int i = 0; i < Step; i++)
        {
            int channel = (place + i) % Channels;
            sums[channel] += found[i];
            others[channel] += found[Step + i];
        }
    }
}
