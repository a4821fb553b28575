namespace ConvNetShell.FusedKernels.Jit;

/// <summary>A vector register's worth of a row of 32-bit numbers.</summary>
/// <param name="First">The first number, from 0.</param>
/// <param name="Lanes">Its capacity: 16, 8 or 4 numbers. Two of 8 or 4 cost as much as one of 16.</param>
internal readonly record struct LaneVector(int First, int Lanes)
{
    /// <summary>Gets the size in bytes.</summary>
    public int Bytes => Lanes * sizeof(float);

    /// <summary>Splits numbers into the fewest lanes that hold them.</summary>
    /// <param name="count">How many numbers.</param>
    public static LaneVector[] Split(int count)
    {
        var vectors = new List<LaneVector>();
        int first = 0;
        while (first < count)
        {
            int left = count - first,
                lanes = left > 8 ? 16
                : left > 4 ? 8
                : 4;
            vectors.Add(new LaneVector(first, lanes));
            first += lanes;
        }
        return [.. vectors];
    }
}
