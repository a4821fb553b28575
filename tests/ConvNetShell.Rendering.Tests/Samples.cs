using ConvNetShell.Display.Mime;
using ConvNetShell.Display.Pictures;
using ConvNetShell.Display.Records.Data;
using ConvNetShell.Display.Records.Evaluation;
using ConvNetShell.Display.Records.Training;
using SkiaSharp;

namespace ConvNetShell.Rendering.Tests;

/// <summary>Records to draw, and the pixels of what was drawn.</summary>
internal static class Samples
{
    public static float[] Noise(int count, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)((random.NextDouble() * 2) - 1))];
    }

    public static Picture Map(string caption = "map", int side = 8, ColorScale scale = ColorScale.Diverging, int seed = 1) =>
        new(caption, 1, side, side, Noise(side * side, seed), scale);

    public static PictureGrid Grid(int count, int side = 5) =>
        new("many", [.. Enumerable.Range(0, count).Select(i => Map($"{i}", side, seed: i))]);

    public static EpochRecord[] Epochs(int count) =>
        [
            .. Enumerable
                .Range(1, count)
                .Select(i => new EpochRecord(
                    i,
                    2.3 * Math.Exp(-i / 80.0) + (0.01 * Math.Sin(i * 7)),
                    1 - (0.9 * Math.Exp(-i / 70.0)),
                    2.3 * Math.Exp(-i / 80.0) + 0.1,
                    0.9 - (0.8 * Math.Exp(-i / 70.0)),
                    0.02 / i,
                    5000,
                    TimeSpan.FromSeconds(i)
                )),
        ];

    public static ConfusionMatrix Matrix(int classes = 3)
    {
        int[] truth = [.. Enumerable.Range(0, classes * 10).Select(i => i / 10)];
        int[] told = [.. truth.Select((name, i) => i % 10 < 7 ? name : (name + 1) % classes)];
        return new ConfusionMatrix(
            "Net",
            "Data",
            "Test",
            [.. Enumerable.Range(0, classes).Select(i => $"c{i}")],
            truth,
            told,
            [.. truth.Select((_, i) => 1 - (i / 1000.0))],
            i => Image(i)
        );
    }

    public static ImageSample Image(int index, string name = "c0") =>
        new("Data", "Test", index, 0, name, 2, 2, 3, [255, 0, 0, 0, 255, 0, 0, 0, 255, 10, 20, 30]);

    public static SKBitmap Decode(MimeBundle bundle) => SKBitmap.Decode(Convert.FromBase64String(bundle.Data[MimeBundle.Png]));
}
