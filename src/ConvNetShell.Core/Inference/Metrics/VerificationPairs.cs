using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Numerics;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Inference.Metrics;

/// <summary>Pairs of images, the most similar first: their similarity, and whether they are of the same class.</summary>
internal sealed class VerificationPairs
{
    private const int MostImages = 1000;

    private VerificationPairs(float[] scores, bool[] same, (int First, int Second)[] images)
    {
        int[] order = [.. Enumerable.Range(0, scores.Length).OrderByDescending(i => scores[i])];
        Scores = [.. order.Select(i => scores[i])];
        Same = [.. order.Select(i => same[i])];
        Images = [.. order.Select(i => images[i])];
    }

    /// <summary>Gets the cosines of the embeddings, from the largest to the smallest.</summary>
    public float[] Scores { get; }

    /// <summary>Gets whether the images of each pair are of the same class.</summary>
    public bool[] Same { get; }

    /// <summary>Gets the two images of each pair, as indices into the split.</summary>
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
    /// <param name="embeddings">A row of length 1 for each image.</param>
    /// <param name="labels">The class of each image.</param>
    public static VerificationPairs All(Tensor embeddings, int[] labels)
    {
        var images = new List<(int, int)>();
        for (int first = 0; first < labels.Length; first++)
        {
            for (int second = first + 1; second < labels.Length; second++)
            {
                images.Add((first, second));
            }
        }
        return Of(embeddings, labels, [.. images]);
    }

    /// <summary>Returns chosen pairs of images.</summary>
    /// <param name="embeddings">A row of length 1 for each image.</param>
    /// <param name="labels">The class of each image.</param>
    /// <param name="images">The pairs.</param>
    public static VerificationPairs Of(Tensor embeddings, int[] labels, (int First, int Second)[] images)
    {
        int length = (int)embeddings.shape[1];
        float[] values = embeddings.contiguous().data<float>().ToArray();
        var scores = new float[images.Length];
        Parallel.For(
            0,
            images.Length,
            i =>
            {
                ReadOnlySpan<float> first = values.AsSpan(images[i].First * length, length),
                    second = values.AsSpan(images[i].Second * length, length);
                float sum = 0;
                for (int d = 0; d < length; d++)
                {
                    sum += first[d] * second[d];
                }
                scores[i] = sum;
            }
        );
        return new VerificationPairs(scores, [.. images.Select(pair => labels[pair.First] == labels[pair.Second])], images);
    }
}
