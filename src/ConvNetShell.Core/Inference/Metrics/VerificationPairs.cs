using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Inference.Metrics;

/// <summary>Pairs of images, the most similar first: their similarity, and whether they are of the same class.</summary>
internal sealed class VerificationPairs
{
    private const int MostImages = 1000,
        MostListed = 3000; // images whose pairs are all listed before some are drawn
    private const int Tries = 20; // draws for each pair wanted: a pair comes once

    /// <param name="vectors">A vector of length 1 for each image.</param>
    /// <param name="images">The pairs, as indices of images.</param>
    /// <param name="isSame">Whether each pair is of the same class.</param>
    public VerificationPairs(float[][] vectors, (int First, int Second)[] images, bool[] isSame)
    {
        var scores = new float[images.Length];
        Parallel.For(0, images.Length, i => scores[i] = Cosine(vectors[images[i].First], vectors[images[i].Second]));
        int[] order = [.. Enumerable.Range(0, scores.Length).OrderByDescending(i => scores[i])];
        Scores = [.. order.Select(i => scores[i])];
        Same = [.. order.Select(i => isSame[i])];
        Images = [.. order.Select(i => images[i])];
    }

    /// <summary>Gets the cosines of the embeddings, from the largest to the smallest.</summary>
    public float[] Scores { get; }

    /// <summary>Gets whether the images of each pair are of the same class.</summary>
    public bool[] Same { get; }

    /// <summary>Gets the two images of each pair.</summary>
    public (int First, int Second)[] Images { get; }

    /// <summary>Returns a split's images, or a thousand of them where it has more, whose pairs are few enough to look at all.</summary>
    /// <param name="split">The split.</param>
    /// <param name="seed">Which images are chosen.</param>
    public static DatasetSplit Part(DatasetSplit split, long seed)
    {
        if (split.Count <= MostImages)
        {
            return split;
        }
        int[] all = [.. Enumerable.Range(0, split.Count)];
        new SeededRandom(seed).Shuffle(all.AsSpan());
        return split.Take([.. all.Take(MostImages).Order()]);
    }

    /// <summary>Returns all pairs of images.</summary>
    /// <param name="vectors">A vector of length 1 for each image.</param>
    /// <param name="labels">The class of each image.</param>
    public static VerificationPairs All(float[][] vectors, int[] labels)
    {
        (int First, int Second)[] images = [.. Listed(labels.Length, (_, _) => true)];
        return new VerificationPairs(vectors, images, [.. images.Select(pair => labels[pair.First] == labels[pair.Second])]);
    }

    /// <summary>Draws pairs, half of the same class and half of different ones; fewer where there are not as many.</summary>
    /// <param name="labels">The class of each image.</param>
    /// <param name="count">The pairs of both kinds together.</param>
    /// <param name="random">The random numbers.</param>
    public static (int First, int Second)[] Draw(int[] labels, int count, SeededRandom random)
    {
        int[][] members = [.. Enumerable.Range(0, labels.Length).GroupBy(i => labels[i]).Select(group => group.ToArray())];
        (int, int)[] same = Some(
            labels,
            (a, b) => labels[a] == labels[b],
            first => members.First(own => labels[own[0]] == labels[first]),
            count / 2,
            random
        );
        int[] all = [.. Enumerable.Range(0, labels.Length)];
        return [.. same, .. Some(labels, (a, b) => labels[a] != labels[b], _ => all, count / 2, random)];
    }

    private static (int First, int Second)[] Some(
        int[] labels,
        Func<int, int, bool> isWanted,
        Func<int, int[]> partners,
        int count,
        SeededRandom random
    )
    {
        if (labels.Length <= MostListed)
        {
            (int First, int Second)[] listed = [.. Listed(labels.Length, isWanted)];
            random.Shuffle(listed.AsSpan());
            return listed.Length <= count ? listed : listed[..count];
        }
        var drawn = new HashSet<(int, int)>();
        for (int draw = 0; draw < Tries * count && drawn.Count < count; draw++)
        {
            int first = random.NextInt(labels.Length);
            int[] others = partners(first);
            int second = others[random.NextInt(others.Length)];
            if (first != second && isWanted(first, second))
            {
                drawn.Add((Math.Min(first, second), Math.Max(first, second)));
            }
        }
        return [.. drawn];
    }

    private static IEnumerable<(int First, int Second)> Listed(int count, Func<int, int, bool> isWanted)
    {
        for (int first = 0; first < count; first++)
        {
            for (int second = first + 1; second < count; second++)
            {
                if (isWanted(first, second))
                {
                    yield return (first, second);
                }
            }
        }
    }

    private static float Cosine(float[] first, float[] second)
    {
        float sum = 0;
        for (int i = 0; i < first.Length; i++)
        {
            sum += first[i] * second[i];
        }
        return sum;
    }
}
