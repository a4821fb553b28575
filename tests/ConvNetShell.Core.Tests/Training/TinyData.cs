using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Inference;
using ConvNetShell.Core.Layers.Spec;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Tests.Training;

/// <summary>Networks and data small enough for tests.</summary>
internal static class TinyData
{
    public static readonly Shape Picture = new(2, 6, 6);

    public static Network Network(string spec = "conv3x3x4 relu pool2 fc3 softmax", Shape? input = null, int seed = 1) =>
        Core.Networks.Network.Create(NetworkPlan.Fit(NetworkSpec.Parse(spec), input ?? Picture), seed);

    /// <summary>Images of three classes that differ in brightness, with some noise: any network learns them.</summary>
    public static DatasetSplit Easy(int count, int seed, string name = "Train", Shape? shape = null)
    {
        var random = new Random(seed);
        Shape size = shape ?? Picture;
        int[] labels = [.. Enumerable.Range(0, count).Select(i => i % 3)];
        byte[] pixels =
        [
            .. labels.SelectMany(label => Enumerable.Range(0, (int)size.Elements).Select(_ => (byte)(30 + 80 * label + random.Next(40)))),
        ];
        return new DatasetSplit(name, size, pixels, labels);
    }

    /// <summary>Images of noise with labels that have nothing to do with them.</summary>
    public static DatasetSplit Noise(int count, int classes, Shape shape, int seed, string name = "Train")
    {
        var random = new Random(seed);
        var pixels = new byte[count * shape.Elements];
        random.NextBytes(pixels);
        return new DatasetSplit(name, shape, pixels, [.. Enumerable.Range(0, count).Select(_ => random.Next(classes))]);
    }

    /// <summary>A network and images whose labels are its outputs.</summary>
    public static MatchedSplit Match(Core.Networks.Network network, DatasetSplit split, string name = "Tiny")
    {
        int count = Math.Max(network.Classes.Count, split.Labels.DefaultIfEmpty(0).Max() + 1);
        IReadOnlyList<string> classes = network.Classes.Count > 0 ? network.Classes : [.. Enumerable.Range(0, count).Select(i => $"{i}")];
        var one = new DatasetSplit("Train", split.Shape, new byte[split.Shape.Elements], [0]);
        return MatchedSplit.Of(network, new Dataset(name, "made by a test", classes, one), split);
    }

    /// <summary>A dataset with all its splits, so that nothing is held out by chance.</summary>
    public static Dataset Dataset(int train = 48, int validation = 12, int test = 12) =>
        new(
            "Tiny",
            "made by a test",
            ["dark", "middle", "bright"],
            Easy(train, 1),
            Easy(validation, 2, "Validation"),
            Easy(test, 3, "Test")
        );
}
