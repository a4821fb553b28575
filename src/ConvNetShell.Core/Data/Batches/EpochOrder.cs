using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Data.Batches;

/// <summary>
/// Shuffles the images of an epoch. Images in memory, and those that are files of their own, are shuffled as a whole. Images in shards are
/// shuffled by shards and a window: the shards in random order, cut into windows of whole shards, and the images within each window. A
/// window ends with the shard that brings it to 8,192 images or 64 MB, so that what is read at a time is bounded. The same random numbers
/// give the same order.
/// </summary>
internal static class EpochOrder
{
    /// <summary>The number of images that ends a window.</summary>
    internal const int WindowImages = 8192;

    /// <summary>The stored bytes that end a window.</summary>
    internal const long WindowBytes = 64L << 20;

    /// <summary>Shuffles the images of a split.</summary>
    /// <param name="split">The split.</param>
    /// <param name="order">All indices into the split; overwritten.</param>
    /// <param name="random">The random numbers.</param>
    public static void Shuffle(DatasetSplit split, int[] order, SeededRandom random)
    {
        if (split.Store is not { } store)
        {
            random.Shuffle(order.AsSpan());
            return;
        }
        Range[] shards = Shards(split, store);
        if (shards.Length == order.Length)
        {
            random.Shuffle(order.AsSpan());
            return;
        }
        random.Shuffle(shards.AsSpan());
        int end = 0,
            start = 0;
        long bytes = 0;
        foreach (Range shard in shards)
        {
            (int first, int count) = shard.GetOffsetAndLength(order.Length);
            for (int i = 0; i < count; i++)
            {
                order[end + i] = first + i;
                bytes += store.StoredBytes(split.StoredIndex(first + i));
            }
            end += count;
            if (end - start >= WindowImages || bytes >= WindowBytes)
            {
                random.Shuffle(order.AsSpan(start, end - start));
                (start, bytes) = (end, 0);
            }
        }
        random.Shuffle(order.AsSpan(start, end - start));
    }

    /// <summary>Returns the ranges of images that are in the same shard.</summary>
    private static Range[] Shards(DatasetSplit split, ImageStore store)
    {
        var shards = new List<Range>();
        int first = 0;
        for (int i = 1; i <= split.Count; i++)
        {
            if (i == split.Count || store.Shard(split.StoredIndex(i)) != store.Shard(split.StoredIndex(first)))
            {
                shards.Add(first..i);
                first = i;
            }
        }
        return [.. shards];
    }
}
