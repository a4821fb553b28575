using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Benchmark;

/// <summary>Pictures of noise in the size of CIFAR-10: speed does not depend on what is on them.</summary>
internal static class RandomPictures
{
    public const int Count = 12_800;

    public static Dataset Make()
    {
        var shape = new Shape(3, 32, 32);
        var random = new Random(1);
        var pixels = new byte[Count * shape.Elements];
        random.NextBytes(pixels);
        int[] labels = [.. Enumerable.Range(0, Count).Select(_ => random.Next(10))];
        return new Dataset(
            "Noise",
            "generated",
            [.. Enumerable.Range(0, 10).Select(i => $"class{i}")],
            new DatasetSplit("Train", shape, pixels, labels)
        );
    }
}
