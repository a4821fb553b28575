using ConvNetShell.Core.Data.Batches;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Tests.Training;

namespace ConvNetShell.Core.Tests.Data.Streams;

public sealed class ReadAheadTests
{
    private const int Batch = 100;
    private static readonly DatasetSplit Images = TinyData.Noise(2000, 3, new Shape(1, 4, 4), seed: 1);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void It_gives_every_image_as_it_is_in_memory(int threads)
    {
        DatasetSplit streamed = new MemoryStore(Images, threads).ToSplit();
        int[] order = [.. Enumerable.Range(0, Images.Count)];
        new SeededRandom(3).Shuffle(order.AsSpan());
        using ReadAhead ahead = ReadAhead.Begin(streamed, order, 0, Batch)!;
        DatasetSplit split = ahead.ToSplit();
        for (int start = 0; start < order.Length; start += Batch)
        {
            ahead.Advance(start);
            Assert.All(order[start..(start + Batch)], image => Assert.Equal(Images.Image(image), split.Image(image)));
        }
    }

    [Fact]
    public void It_decodes_each_image_once_and_at_most_three_batches_ahead()
    {
        var store = new MemoryStore(Images);
        int[] order = [.. Enumerable.Range(0, Images.Count).Reverse()];
        using ReadAhead ahead = ReadAhead.Begin(store.ToSplit(), order, 0, Batch)!;
        for (int start = 0; start < order.Length; start += Batch)
        {
            ahead.Advance(start);
            _ = Array.ConvertAll(order[start..(start + Batch)], ahead.Image);
            Thread.Sleep(2);
            Assert.InRange(store.Asked.Count, start + Batch, start + (3 * Batch));
        }
        Assert.Equal(order.Order(), store.Asked.Order());
    }

    [Fact]
    public void Images_that_were_used_are_released()
    {
        int[] order = [.. Enumerable.Range(0, Images.Count)];
        var store = new MemoryStore(Images);
        using ReadAhead ahead = ReadAhead.Begin(store.ToSplit(), order, 0, Batch)!;
        for (int start = 0; start < order.Length; start += Batch)
        {
            ahead.Advance(start);
            _ = Array.ConvertAll(order[start..(start + Batch)], image => ahead.Image(image).Length);
        }
        GC.Collect();
        Assert.Equal(Images.Count, store.Given.Count);
        Assert.InRange(store.Given.Count(image => image.IsAlive), 0, 3 * Batch);
    }

    [Fact]
    public void It_begins_in_the_middle_of_an_epoch()
    {
        var store = new MemoryStore(Images, threads: 1);
        int[] order = [.. Enumerable.Range(0, Images.Count)];
        using (ReadAhead ahead = ReadAhead.Begin(store.ToSplit(), order, 1900, Batch)!)
        {
            Assert.Equal(Images.Image(1950), ahead.Image(1950));
        }
        Assert.True(store.Asked.TryPeek(out int first));
        Assert.Equal(1900, first);
    }

    [Fact]
    public void An_image_that_was_passed_is_decoded_again()
    {
        int[] order = [.. Enumerable.Range(0, Images.Count)];
        using ReadAhead ahead = ReadAhead.Begin(new MemoryStore(Images).ToSplit(), order, 0, Batch)!;
        ahead.Advance(1000);
        Assert.Equal(Images.Image(5), ahead.Image(5));
    }

    [Fact]
    public void An_error_is_raised_where_the_image_is_asked_for()
    {
        var fault = new DataFormatException("Data.NotAnImage", "x.png", "broken");
        int[] order = [.. Enumerable.Range(0, Images.Count)];
        using ReadAhead ahead = ReadAhead.Begin(new MemoryStore(Images) { Fault = fault, FaultyImage = 7 }.ToSplit(), order, 0, Batch)!;
        Assert.Equal(Images.Image(8), ahead.Image(8));
        Assert.Same(fault, Assert.Throws<DataFormatException>(() => ahead.Image(7)));
    }

    [Fact]
    public void Its_threads_end_with_it()
    {
        var store = new MemoryStore(Images);
        int[] order = [.. Enumerable.Range(0, Images.Count)];
        ReadAhead.Begin(store.ToSplit(), order, 0, Batch)!.Dispose();
        int asked = store.Asked.Count;
        Thread.Sleep(20);
        Assert.Equal(asked, store.Asked.Count);
    }

    [Fact]
    public void A_split_in_memory_needs_none() => Assert.Null(ReadAhead.Begin(Images, [0], 0, 1));
}
