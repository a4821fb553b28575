using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Data.Generated;

/// <summary>
/// Makes the splits of a generated dataset: the classes take turns, each sample has a random stream of its own, and none is in two splits.
/// </summary>
internal static class SampleGenerator
{
    private const int Most = 500_000,
        Block = 64;

    /// <summary>Draws one sample into zeros.</summary>
    public delegate void Draw(int label, SeededRandom random, Span<byte> sample);

    public static Dataset Generate(
        string name,
        Shape shape,
        IReadOnlyList<string> classes,
        int train,
        int test,
        long seed,
        Draw draw,
        CancellationToken cancellation
    )
    {
        if (train is < 1 or > Most)
        {
            throw new InvalidSettingException("The number of training samples", FormattableString.Invariant($"from 1 to {Most}"), train);
        }
        if (test is < 0 or > Most)
        {
            throw new InvalidSettingException("The number of test samples", FormattableString.Invariant($"from 0 to {Most}"), test);
        }
        return new Dataset(
            name,
            FormattableString.Invariant($"generated, seed {seed}"),
            classes,
            Split("Train", train, 0),
            null,
            test == 0 ? null : Split("Test", test, 1)
        );

        DatasetSplit Split(string split, int count, int part)
        {
            int size = (int)shape.Elements;
            var pixels = new byte[count * size];
            var labels = new int[count];
            Parallel.For(
                0,
                (count + Block - 1) / Block,
                new ParallelOptions { CancellationToken = cancellation },
                start =>
                {
                    for (int i = start * Block; i < Math.Min(count, (start + 1) * Block); i++)
                    {
                        labels[i] = i % classes.Count;

                        // Even streams are training samples and odd ones test samples.
                        draw(labels[i], new SeededRandom(seed, (2L * i) + part), pixels.AsSpan(i * size, size));
                    }
                }
            );
            return new DatasetSplit(split, shape, pixels, labels);
        }
    }
}
