namespace ConvNetShell.Core.Storage.Hdf5;

/// <summary>Reads the sizes of datasets and attributes.</summary>
internal static class Hdf5Space
{
    private const int MostDimensions = 32;

    /// <summary>Returns the sizes; none for a single value.</summary>
    public static IReadOnlyList<long> Read(Hdf5Cursor space)
    {
        const int oldest = 1;
        int version = space.Byte(),
            rank = space.Byte();
        if (version is not (oldest or 2) || rank > MostDimensions)
        {
            throw space.Error("Damaged", $"sizes (version 1 or 2) of at most {MostDimensions} dimensions", $"version {version}, {rank}");
        }
        space.Skip(version == oldest ? 6 : 2);
        var sizes = new long[rank];
        for (int i = 0; i < rank; i++)
        {
            sizes[i] = (long)space.Number(8);
            if (sizes[i] < 0)
            {
                throw space.Error("Damaged", $"sizes from 0 to {long.MaxValue}", (ulong)sizes[i]);
            }
        }
        return sizes;
    }

    /// <summary>Returns the number of values, or <see langword="null"/> where it is larger than a file can be.</summary>
    public static long? Count(IEnumerable<long> sizes)
    {
        Int128 count = 1;
        foreach (long size in sizes)
        {
            count *= size;
            if (count > long.MaxValue / 16)
            {
                return null;
            }
        }
        return (long)count;
    }
}
