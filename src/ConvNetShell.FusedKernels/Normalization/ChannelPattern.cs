namespace ConvNetShell.FusedKernels.Normalization;

/// <summary>
/// Where the channels lie in values stored pixel by pixel. Vectors hold the values of any channels, of a pixel and of the next; after
/// <see cref="Length"/> values a step of two vectors begins with the first channel again.
/// </summary>
internal sealed class ChannelPattern
{
    /// <summary>The values that a step of the kernels takes: two vectors, whose sums do not wait for each other.</summary>
    public const int Step = 32;

    private const int Most = 1 << 16, // values that float32 adds up before float64 does
        Near = 1 << 12, // values of a tensor, of which the first cache holds a few
        FewestPatterns = 16; // that a step is worth beginning for

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

    /// <summary>
    /// Returns the steps of whole patterns: the first value, where to end, and the place. As many patterns come together as the first cache
    /// holds: with many channels, a step leaves most values to the next, which would read them from memory a second time.
    /// </summary>
    /// <param name="begin">The first value of a pattern.</param>
    /// <param name="end">The first value that is not wanted; what is no whole pattern before it is left out.</param>
    public IEnumerable<(nint Start, nint End, int Place)> Steps(nint begin, nint end)
    {
        nint whole = begin + Whole(end - begin),
            together = Length == Step ? whole - begin : Math.Max(Near / Length, FewestPatterns) * (nint)Length;
        for (nint start = begin; start < whole; start += together)
        {
            for (int place = 0; place < Length; place += Step)
            {
                yield return (start + place, nint.Min(start + together, whole), place);
            }
        }
    }

    /// <summary>Returns the first value of some patterns, whose sums float32 can hold, and where they end.</summary>
    /// <param name="count">All values.</param>
    public IEnumerable<(nint Begin, nint End)> Parts(nint count)
    {
        nint whole = Whole(count),
            together = Math.Max(Most / Length, 1) * (nint)Length;
        for (nint begin = 0; begin < whole; begin += together)
        {
            yield return (begin, nint.Min(begin + together, whole));
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

    /// <summary>Adds the two sums of each place to those of the channels, and begins with none.</summary>
    /// <param name="found">The first sum of each, then the second.</param>
    /// <param name="sums">The first sum of each channel.</param>
    /// <param name="others">The second.</param>
    public void Take(Span<float> found, double[] sums, double[] others)
    {
        for (int i = 0; i < Length; i++)
        {
            int channel = i % Channels;
            sums[channel] += found[i];
            others[channel] += found[Length + i];
        }
        found.Clear();
    }
}
