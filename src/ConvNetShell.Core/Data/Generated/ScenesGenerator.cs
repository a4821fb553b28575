using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Data.Generated;

/// <summary>
/// Makes the Scenes dataset: pictures of 32x32 color pixels with one to three objects, each small or large, of 6 colors and 5 shapes,
/// in one group of equal objects or in two, one left of or above the other. Each picture has three captions of the same meaning (the
/// attributes Caption, Caption2 and Caption3), the number of its objects as its class, and the attribute Combination. That is unseen
/// for half of the pictures of Test: they show one of 5 pairs of color and shape (red circle, green ring, blue triangle, yellow square,
/// pink cross) that no picture of Train and Validation has. The same seed gives the same bytes on every machine.
/// </summary>
public static class ScenesGenerator
{
    /// <summary>The number of training pictures where none is asked for.</summary>
    public const int DefaultTrain = 8_000;

    /// <summary>The number of test pictures where none is asked for.</summary>
    public const int DefaultTest = 1_000;

    private const int Most = 500_000,
        Block = 64;

    /// <summary>Gets the class names, by label: the number of objects.</summary>
    public static IReadOnlyList<string> ClassNames { get; } = Array.AsReadOnly(["one", "two", "three"]);

    /// <summary>Gets the shape of a picture: 3 channels of 32x32 pixels.</summary>
    public static Shape Shape { get; } = new(3, ScenePicture.Side, ScenePicture.Side);

    /// <summary>Makes the dataset.</summary>
    /// <param name="train">The number of training pictures; default 8,000.</param>
    /// <param name="test">The number of test pictures, every second with an unseen combination; Validation has half as many, none of them
    /// unseen; 0 for neither. Default 1,000.</param>
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
        Require("The number of training pictures", train, 1);
        Require("The number of test pictures", test, 0);
        return new Dataset(
            "Scenes",
            FormattableString.Invariant($"generated, seed {seed}"),
            ClassNames,
            Split("Train", train, 0),
            test == 0 ? null : Split("Validation", (test + 1) / 2, 1),
            test == 0 ? null : Split("Test", test, 2)
        );

        DatasetSplit Split(string name, int count, int part)
        {
            int size = (int)Shape.Elements;
            var pixels = new byte[checked(count * size)];
            var scenes = new SceneFacts[count];
            Parallel.For(
                0,
                (count + Block - 1) / Block,
                new ParallelOptions { CancellationToken = cancellation },
                start =>
                {
                    for (int i = start * Block; i < Math.Min(count, (start + 1) * Block); i++)
                    {
                        var random = new SeededRandom(seed, (3L * i) + part); // the three splits share no stream
                        scenes[i] = ScenePlacer.Invent(part == 2 && i % 2 == 1, random);
                        new ScenePicture(scenes[i], random).Draw(pixels.AsSpan(i * size, size));
                    }
                }
            );
            int[] labels = [.. scenes.Select(facts => facts.First.Count + (facts.Second?.Count ?? 0) - 1)];
            return new DatasetSplit(name, Shape, pixels, labels) { Attributes = Describe(scenes) };
        }
    }

    private static SampleAttributes Describe(SceneFacts[] scenes)
    {
        IReadOnlyList<string>[] captions = [.. scenes.Select(SceneGrammar.Say)];
        return new SampleAttributes(
            new Dictionary<string, IReadOnlyList<string>>
            {
                ["Caption"] = [.. captions.Select(own => own[0])],
                ["Caption2"] = [.. captions.Select(own => own[1])],
                ["Caption3"] = [.. captions.Select(own => own[2])],
                ["Combination"] = [.. scenes.Select(facts => IsUnseen(facts) ? "unseen" : "seen")],
            }
        );
    }

    private static bool IsUnseen(SceneFacts facts) =>
        ScenePlacer.IsHeld(facts.First) || (facts.Second is { } second && ScenePlacer.IsHeld(second));

    private static void Require(string what, int count, int least)
    {
        if (count < least || count > Most)
        {
            throw new InvalidSettingException(what, FormattableString.Invariant($"from {least} to {Most}"), count);
        }
    }
}
