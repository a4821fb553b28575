using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Data.Generated;

/// <summary>
/// Makes the Faces dataset: painted faces of 32x32 color pixels. A class is a person, who has shape, skin, hair, eyes, brows, nose, mouth,
/// glasses and beard; position, turn, light, expression, background, noise and something in front differ from picture to picture. The
/// people of Test and of Validation are not in Train: a network must distinguish people that it has never seen. Of the people in
/// Train 1 in 16 has dark skin, of those in Validation and in Test 6 of 20. Each picture has the attributes Skin, Hair, Glasses and Beard.
/// The same seed gives the same bytes on every machine.
/// </summary>
public static class FacesGenerator
{
    /// <summary>The number of training pictures where none is asked for.</summary>
    public const int DefaultTrain = 9_600;

    /// <summary>The number of test pictures where none is asked for.</summary>
    public const int DefaultTest = 800;

    /// <summary>The number of people in Train.</summary>
    public const int TrainPeople = 320;

    /// <summary>The number of people in Validation, and in Test.</summary>
    public const int UnseenPeople = 20;

    private const int RareEvery = 16,
        Most = 500_000,
        Block = 64;

    /// <summary>Gets the class names, by label: first the people of Train, then those of Validation, then those of Test.</summary>
    public static IReadOnlyList<string> ClassNames { get; } =
    [.. Enumerable.Range(1, TrainPeople + (2 * UnseenPeople)).Select(number => FormattableString.Invariant($"person{number:000}"))];

    /// <summary>Gets the shape of a picture: 3 channels of 32x32 pixels.</summary>
    public static Shape Shape { get; } = new(3, FacePicture.Side, FacePicture.Side);

    /// <summary>Makes the dataset. The people of a split take turns.</summary>
    /// <param name="train">The number of training pictures; default 9,600, 30 of each of 320 people.</param>
    /// <param name="test">The number of test pictures; Validation has half as many; 0 for neither. Default 800, 40 of each of 20 people.
    /// </param>
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
        FaceIdentity[] people =
        [
            .. Enumerable
                .Range(0, ClassNames.Count)
                .Select(label => new FaceIdentity(
                    new SeededRandom(seed, -1 - label),
                    label < TrainPeople ? label % RareEvery == RareEvery - 1 : label % 10 is 1 or 4 or 8
                )),
        ];
        return new Dataset(
            "Faces",
            FormattableString.Invariant($"generated, seed {seed}"),
            ClassNames,
            Split("Train", train, 0, TrainPeople, 0),
            test == 0 ? null : Split("Validation", (test + 1) / 2, TrainPeople, UnseenPeople, 1),
            test == 0 ? null : Split("Test", test, TrainPeople + UnseenPeople, UnseenPeople, 2)
        );

        DatasetSplit Split(string name, int count, int first, int number, int part)
        {
            int size = (int)Shape.Elements;
            var pixels = new byte[checked(count * size)];
            int[] labels = [.. Enumerable.Range(0, count).Select(i => first + (i % number))];
            Parallel.For(
                0,
                (count + Block - 1) / Block,
                new ParallelOptions { CancellationToken = cancellation },
                start =>
                {
                    for (int i = start * Block; i < Math.Min(count, (start + 1) * Block); i++)
                    {
                        var random = new SeededRandom(seed, (3L * i) + part); // the three splits share no stream
                        new FacePicture(people[labels[i]], random).Draw(pixels.AsSpan(i * size, size));
                    }
                }
            );
            return new DatasetSplit(name, Shape, pixels, labels) { Attributes = Describe(people, labels) };
        }
    }

    private static SampleAttributes Describe(FaceIdentity[] people, int[] labels) =>
        new(
            new Dictionary<string, IReadOnlyList<string>>
            {
                ["Skin"] = [.. labels.Select(label => people[label].SkinGroup)],
                ["Hair"] = [.. labels.Select(label => people[label].HairStyle)],
                ["Glasses"] = [.. labels.Select(label => people[label].Glasses)],
                ["Beard"] = [.. labels.Select(label => people[label].Beard)],
            }
        );

    private static void Require(string what, int count, int least)
    {
        if (count < least || count > Most)
        {
            throw new InvalidSettingException(what, FormattableString.Invariant($"from {least} to {Most}"), count);
        }
    }
}
