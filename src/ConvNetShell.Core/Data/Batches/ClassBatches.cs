using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Data.Batches;

/// <summary>
/// Orders an epoch so that each batch has some images of each of its classes, as losses need them that compare images: the images of a
/// class are shuffled and cut into groups, and a batch takes groups of different classes, those with the most groups left first. Every
/// image comes once; images that fill no group, and groups left of too few classes, come at the end.
/// </summary>
internal static class ClassBatches
{
    /// <summary>Shuffles the images of a split.</summary>
    /// <param name="split">The split.</param>
    /// <param name="order">All indices into the split; overwritten.</param>
    /// <param name="random">The random numbers.</param>
    /// <param name="batchSize">The images in a batch.</param>
    /// <param name="imagesPerClass">The images of each class in a batch; 1 shuffles all images alike.</param>
    public static void Shuffle(DatasetSplit split, int[] order, SeededRandom random, int batchSize, int imagesPerClass)
    {
        if (imagesPerClass < 2)
        {
            EpochOrder.Shuffle(split, order, random);
            return;
        }
        var groups = new List<Queue<int[]>>();
        var rest = new List<int[]>();
        foreach (IGrouping<int, int> members in Enumerable.Range(0, order.Length).GroupBy(i => split.LabelArray[i]).OrderBy(g => g.Key))
        {
            int[] images = [.. members];
            random.Shuffle(images.AsSpan());
            int[][] chunks = [.. images.Chunk(imagesPerClass)];
            groups.Add(new Queue<int[]>(chunks.Where(chunk => chunk.Length == imagesPerClass)));
            rest.AddRange(chunks.Where(chunk => chunk.Length < imagesPerClass));
        }
        random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(rest));
        int[][] ordered = [.. Batches(groups, Math.Max(1, batchSize / imagesPerClass), random), .. rest];
        int at = 0;
        foreach (int image in ordered.SelectMany(group => group))
        {
            order[at++] = image;
        }
    }

    private static IEnumerable<int[]> Batches(List<Queue<int[]>> groups, int classes, SeededRandom random)
    {
        Queue<int[]>[] left = [.. groups];
        while (Array.Exists(left, queue => queue.Count > 0))
        {
            random.Shuffle(left.AsSpan()); // of equally many the order is random, as sorting keeps it
            left = [.. left.Where(queue => queue.Count > 0).OrderByDescending(queue => queue.Count)];
            foreach (Queue<int[]> queue in left.Take(classes))
            {
                yield return queue.Dequeue();
            }
        }
    }
}
