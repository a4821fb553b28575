namespace ConvNetShell.Core.Data.Batches;

/// <summary>
/// How a split falls into batches. The last one is smaller where the size does not divide the count, or is left out; a last batch of
/// one image joins the one before it, as a single image has no batch statistics.
/// </summary>
/// <param name="count">The number of images.</param>
/// <param name="batchSize">The images in a batch.</param>
/// <param name="dropLast">Whether a smaller last batch is left out; one that is the only batch is not.</param>
internal sealed class BatchPlan(int count, int batchSize, bool dropLast = false)
{
    private readonly bool dropLast = dropLast && count >= batchSize;
    private readonly bool joinLast = !dropLast && count > batchSize && count % batchSize == 1;

    /// <summary>Gets the number of batches.</summary>
    public int Steps => dropLast || joinLast ? count / batchSize : (count + batchSize - 1) / batchSize;

    /// <summary>Gets the number of images in the largest batch.</summary>
    public int LargestBatch => Math.Min(count, joinLast ? batchSize + 1 : batchSize);

    /// <summary>Returns the images in order, for shuffling.</summary>
    public int[] Order() => [.. Enumerable.Range(0, count)];

    /// <summary>Returns the images of a batch.</summary>
    /// <param name="order">All images, in the order of the epoch.</param>
    /// <param name="step">The batch, from 0.</param>
    public ReadOnlyMemory<int> Batch(int[] order, int step)
    {
        int start = step * batchSize;
        return order.AsMemory(start, step == Steps - 1 && !dropLast ? count - start : batchSize);
    }
}
