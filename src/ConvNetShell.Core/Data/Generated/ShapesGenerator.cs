using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Data.Generated;

/// <summary>
/// Makes the Shapes dataset: 32x32 color pictures of ten classes (six outlines, four textures), each with random position, size,
/// turn, colors, clutter and noise. The same seed gives the same bytes on every machine, and image <c>i</c> does not depend on how many are
/// made.
/// </summary>
public static class ShapesGenerator
{
    /// <summary>The number of training images where none is asked for.</summary>
    public const int DefaultTrain = 10_000;

    /// <summary>The number of test images where none is asked for.</summary>
    public const int DefaultTest = 2_000;

    /// <summary>Gets the class names, by label.</summary>
    public static IReadOnlyList<string> ClassNames { get; } =
    ["checkerboard", "circle", "cross", "diagonal", "dots", "horizontal", "ring", "square", "star", "triangle"];

    /// <summary>Makes the dataset. The classes take turns, so that each has its tenth of every split.</summary>
    /// <param name="train">The number of training images; default 10,000.</param>
    /// <param name="test">The number of test images, 0 for no Test split; default 2,000.</param>
    /// <param name="seed">The seed; default 0.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>The dataset, of shape 3x32x32.</returns>
    /// <exception cref="InvalidSettingException">A count is out of range.</exception>
    public static Dataset Generate(
        int train = DefaultTrain,
        int test = DefaultTest,
        long seed = 0,
        CancellationToken cancellation = default
    )
    {
        const int most = 500_000;
        if (train is < 1 or > most)
        {
            throw new InvalidSettingException("The number of training images", FormattableString.Invariant($"from 1 to {most}"), train);
        }
        if (test is < 0 or > most)
        {
            throw new InvalidSettingException("The number of test images", FormattableString.Invariant($"from 0 to {most}"), test);
        }
        return new Dataset(
            "Shapes",
            FormattableString.Invariant($"generated, seed {seed}"),
            ClassNames,
            MakeSplit("Train", train, seed, 0, cancellation),
            null,
            test == 0 ? null : MakeSplit("Test", test, seed, 1, cancellation)
        );
    }

    private static DatasetSplit MakeSplit(string name, int count, long seed, int part, CancellationToken cancellation)
    {
        const int bytes = 3 * ShapePicture.Side * ShapePicture.Side;
        var pixels = new byte[count * bytes];
        var labels = new int[count];
        const int block = 64;
        Parallel.For(
            0,
            (count + block - 1) / block,
            new ParallelOptions { CancellationToken = cancellation },
            start =>
            {
                for (int i = start * block; i < Math.Min(count, (start + 1) * block); i++)
                {
                    labels[i] = i % ClassNames.Count;

                    // Even streams are training images and odd ones test images: no picture is in both.
                    new ShapePicture(labels[i], new SeededRandom(seed, (2L * i) + part)).Draw(pixels.AsSpan(i * bytes, bytes));
                }
            }
        );
        return new DatasetSplit(name, new Shape(3, ShapePicture.Side, ShapePicture.Side), pixels, labels);
    }
}
