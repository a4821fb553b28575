using ConvNetShell.Core.Data.Batches;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Tests.Training;

namespace ConvNetShell.Core.Tests.Data.Streams;

public sealed class EpochOrderTests
{
    private const int Count = 50_000,
        ShardSize = 1000;
    private static readonly DatasetSplit Images = TinyData.Noise(Count, 3, new Shape(1, 1, 1), seed: 1);

    [Fact]
    public void Files_are_shuffled_as_images_in_memory_are() =>
        Assert.Equal(Shuffled(Images, 4), Shuffled(new MemoryStore(Images).ToSplit(), 4));

    [Fact]
    public void Shards_are_shuffled_within_a_window()
    {
        int[] order = Shuffled(new MemoryStore(Images, shardSize: ShardSize).ToSplit(), 4);
        Assert.Equal(Enumerable.Range(0, Count), order.Order());

        // 9 shards of 1,000 are the first to reach 8,192 images: each window has those, and they are mixed.
        foreach (int[] window in order.Chunk(9 * ShardSize))
        {
            Assert.Equal(window.Length / ShardSize, window.Select(image => image / ShardSize).Distinct().Count());
            Assert.True(window.Take(ShardSize).Select(image => image / ShardSize).Distinct().Count() > 4);
        }
        Assert.NotEqual(Enumerable.Range(0, 9), order.Take(9 * ShardSize).Select(image => image / ShardSize).Distinct().Order());
    }

    [Fact]
    public void The_same_seed_gives_the_same_order_and_another_gives_another()
    {
        DatasetSplit split = new MemoryStore(Images, shardSize: ShardSize).ToSplit();
        Assert.Equal(Shuffled(split, 4), Shuffled(split, 4));
        Assert.NotEqual(Shuffled(split, 4), Shuffled(split, 5));
    }

    [Fact]
    public void A_part_of_a_split_keeps_to_its_shards()
    {
        int[] even = [.. Enumerable.Range(0, Count / 2).Select(i => 2 * i)];
        DatasetSplit part = new MemoryStore(Images, shardSize: ShardSize).ToSplit().Take(even);
        int[] order = Shuffled(part, 4);
        Assert.Equal(Enumerable.Range(0, Count / 2), order.Order());
        Assert.Equal(17, order.Take(17 * ShardSize / 2).Select(image => part.StoredIndex(image) / ShardSize).Distinct().Count());
    }

    private static int[] Shuffled(DatasetSplit split, int seed)
    {
        int[] order = [.. Enumerable.Range(0, split.Count)];
        EpochOrder.Shuffle(split, order, new SeededRandom(seed));
        return order;
    }
}
