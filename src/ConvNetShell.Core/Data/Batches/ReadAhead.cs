using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Data.Batches;

/// <summary>
/// Decodes the images of a streamed split on threads of its own, in the order of an epoch, ahead of the batch that is computed. At most
/// three batches are in memory (for small batches, one and 64 images).
/// </summary>
internal sealed class ReadAhead : ImageStore, IDisposable
{
    private const int LeastAhead = 64;
    private readonly object gate = new(); // Monitor.Wait needs an object
    private readonly DatasetSplit source;
    private readonly int[] order,
        positions; // the images in order, and where in that order each image is
    private readonly (byte[]? Pixels, ExceptionDispatchInfo? Fault)[] slots; // by position, modulo the capacity
    private readonly Thread[] threads;
    private int begun, // positions before it are decoded, or are being decoded
        first; // the first position that may still be asked for
    private bool isStopped;

    private ReadAhead(DatasetSplit source, int[] order, int start, int largestBatch)
    {
        (this.source, this.order, begun, first) = (source, order, start, start);
        positions = new int[order.Length];
        for (int i = 0; i < order.Length; i++)
        {
            positions[order[i]] = i;
        }
        slots = new (byte[]?, ExceptionDispatchInfo?)[largestBatch + Math.Max(2 * largestBatch, LeastAhead)];
        threads =
        [
            .. Enumerable
                .Range(0, source.Store!.DecodeThreads)
                .Select(_ => new Thread(Decode) { IsBackground = true, Name = "ConvNetShell decoding" }),
        ];
        Array.ForEach(threads, thread => thread.Start());
    }

    /// <inheritdoc />
    public override int Count => source.Count;

    /// <inheritdoc />
    public override Shape Shape => source.Shape;

    /// <inheritdoc />
    public override int DecodeThreads => threads.Length;

    /// <summary>Begins to decode the images of a streamed split.</summary>
    /// <param name="split">The split.</param>
    /// <param name="order">All its images, in the order of the epoch.</param>
    /// <param name="start">The position in that order to begin at.</param>
    /// <param name="largestBatch">The most images that are asked for between two calls of <see cref="Advance"/>.</param>
    /// <returns>What decodes; <see langword="null"/> for a split in memory.</returns>
    public static ReadAhead? Begin(DatasetSplit split, int[] order, int start, int largestBatch) =>
        split.IsStreamed ? new ReadAhead(split, order, start, largestBatch) : null;

    /// <summary>Returns the split whose images are those that were decoded ahead; its indices and labels are the same.</summary>
    public DatasetSplit ToSplit() => new(source.Name, this, source.LabelArray);

    /// <summary>Says that images before a position are needed no more.</summary>
    /// <param name="position">The position of the next batch.</param>
    public void Advance(int position)
    {
        lock (gate)
        {
            for (; first < position; first++)
            {
                slots[first % slots.Length] = default;
            }
            Monitor.PulseAll(gate);
        }
    }

    /// <summary>Returns an image; waits until it is decoded.</summary>
    /// <param name="index">The image, from 0. One that is not among those decoded ahead is decoded on the thread that calls.</param>
    public override byte[] Image(int index)
    {
        int position = positions[index];
        lock (gate)
        {
            while (position >= first && position < Math.Min(first + slots.Length, order.Length) && !isStopped)
            {
                (byte[]? pixels, ExceptionDispatchInfo? fault) = slots[position % slots.Length];
                fault?.Throw();
                if (pixels is not null)
                {
                    return pixels;
                }
                Monitor.Wait(gate);
            }
        }
        return source.Store!.Image(source.StoredIndex(index));
    }

    /// <inheritdoc />
    public override int Shard(int index) => source.Store!.Shard(source.StoredIndex(index));

    /// <inheritdoc />
    public override long StoredBytes(int index) => source.Store!.StoredBytes(source.StoredIndex(index));

    /// <inheritdoc />
    public override void AppendIdentity(int index, IncrementalHash hash) => source.Store!.AppendIdentity(source.StoredIndex(index), hash);

    /// <summary>Stops the threads after the image that each is decoding.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            isStopped = true;
            Monitor.PulseAll(gate);
        }
        Array.ForEach(threads, thread => thread.Join());
    }

    private void Decode()
    {
        while (Next() is int position)
        {
            byte[]? pixels = null;
            ExceptionDispatchInfo? fault = null;
            try
            {
                pixels = source.Store!.Image(source.StoredIndex(order[position]));
            }
            catch (Exception error)
            {
                fault = ExceptionDispatchInfo.Capture(error); // thrown where the image is asked for
            }
            lock (gate)
            {
                slots[position % slots.Length] = (pixels, fault);
                Monitor.PulseAll(gate);
            }
        }
    }

    /// <summary>Returns the next position to decode when there is room for it; <see langword="null"/> at the end.</summary>
    private int? Next()
    {
        lock (gate)
        {
            while (!isStopped && begun < order.Length && begun >= first + slots.Length)
            {
                Monitor.Wait(gate);
            }
            return isStopped || begun >= order.Length ? null : begun++;
        }
    }
}
