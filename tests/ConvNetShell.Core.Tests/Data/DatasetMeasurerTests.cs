using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Measures;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Display.Records.Data;

namespace ConvNetShell.Core.Tests.Data;

public sealed class DatasetMeasurerTests
{
    private const int Images = 40;

    public static TheoryData<string> Shapes => ["3,32,32", "1,9,13", "2,100", "1,6,10,12", "5"];

    /// <summary>Each image is one of a few that were changed a little; every pair is compared, by hand and by the finder.</summary>
    [Theory, MemberData(nameof(Shapes))]
    public void Finds_what_comparing_every_pair_finds(string text)
    {
        var shape = Shape.Parse(text);
        Dataset data = Random(shape);
        byte[][] all = [.. data.Splits.SelectMany(split => Enumerable.Range(0, split.Count).Select(index => split.Image(index).ToArray()))];
        foreach (double tolerance in new[] { 0, 0.004, 0.02, 0.1 })
        {
            var expected = new List<(int, int)>();
            for (int image = 0; image < all.Length; image++)
            {
                int earlier = Array.FindIndex(all, 0, image, other => Difference(all[image], other) <= tolerance);
                if (earlier >= 0)
                {
                    expected.Add((image, earlier));
                }
            }

            IReadOnlyList<SplitMeasure> measures = DatasetMeasurer.Measure(data, tolerance, top: int.MaxValue);

            IEnumerable<(int, int)> found = measures
                .SelectMany(measure => measure.Duplicates)
                .Select(pair => (Position(pair.Sample), Position(pair.Original)))
                .Order();
            Assert.Equal(expected, found);
            Assert.NotEmpty(expected);
        }

        int Position(ImageSample sample) => sample.Index + (sample.Split == "Test" ? data.Train.Count : 0);
    }

    [Fact]
    public void Counts_leaks_repetitions_and_other_labels()
    {
        var shape = new Shape(1, 2, 2);
        byte[] a = [0, 0, 0, 0],
            b = [255, 0, 255, 0],
            c = [0, 255, 0, 255];
        var train = new DatasetSplit("Train", shape, [.. a, .. b, .. a], [0, 1, 0]);
        var validation = new DatasetSplit("Validation", shape, [.. c, .. b], [0, 0]);
        var test = new DatasetSplit("Test", shape, [.. c, .. c, .. a, .. b], [0, 1, 0, 1]);
        var data = new Dataset("Tiny", "made by a test", ["x", "y"], train, validation, test);

        IReadOnlyList<SplitMeasure> found = DatasetMeasurer.Measure(data);

        Assert.Equal([(3, 2, 1, 2), (2, 1, 2, 2), (4, 2, 2, 2)], found.Select(m => (m.Images, m.Classes, m.Smallest, m.Largest)));
        Assert.Equal([(1, 0, 0), (0, 1, 1), (0, 4, 1)], found.Select(m => (m.Repeated, m.Leaked, m.Conflicting)));
        Assert.Equal("Test[1] (y) is Validation[0] (x), difference 0", $"{found[2].Duplicates[0]}");
        Assert.Equal(2.0 / 12, found[0].Mean, 12);
        Assert.Equal(Math.Sqrt(2.0 / 12 * 10 / 12), found[0].Deviation, 12);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.5)]
    [InlineData(double.NaN)]
    public void Refuses_a_tolerance_that_is_no_fraction(double tolerance) =>
        Assert.Throws<InvalidSettingException>(() => DatasetMeasurer.Measure(Random(new Shape(1, 4, 4)), tolerance));

    [Fact]
    public void Stops_when_asked() =>
        Assert.Throws<OperationCanceledException>(() =>
            DatasetMeasurer.Measure(Random(new Shape(1, 4, 4)), stop: new CancellationToken(canceled: true))
        );

    private static double Difference(byte[] left, byte[] right) =>
        Math.Sqrt(left.Zip(right, (a, b) => (double)(a - b) * (a - b)).Sum() / left.Length) / 255;

    private static Dataset Random(Shape shape)
    {
        var random = new SeededRandom(3);
        int size = (int)shape.Elements;
        var pixels = new byte[2 * Images * size];
        for (int image = 0; image < 2 * Images; image++)
        {
            Span<byte> own = pixels.AsSpan(image * size, size);
            int change = image % 8;
            if (image < 12)
            {
                for (int i = 0; i < size; i++)
                {
                    own[i] = (byte)random.NextInt(256);
                }
                continue;
            }
            pixels.AsSpan(image % 12 * size, size).CopyTo(own);
            for (int i = 0; i < size; i++)
            {
                own[i] = (byte)Math.Clamp(own[i] + random.NextInt((2 * change) + 1) - change + 1, 0, 255);
            }
        }
        int[] labels = [.. Enumerable.Range(0, Images).Select(index => index % 2)];
        return new Dataset(
            "Random",
            "made by a test",
            ["x", "y"],
            new DatasetSplit("Train", shape, pixels[..(Images * size)], labels),
            null,
            new DatasetSplit("Test", shape, pixels[(Images * size)..], labels)
        );
    }
}
