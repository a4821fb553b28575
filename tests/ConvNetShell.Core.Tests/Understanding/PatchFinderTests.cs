using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Images;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Inference;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Operators;
using ConvNetShell.Core.Tests.Training;
using ConvNetShell.Core.Understanding.Activations;
using ConvNetShell.Display.Records.Data;
using ConvNetShell.Display.Records.Understanding;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Tests.Understanding;

public sealed class PatchFinderTests
{
    /// <summary>
    /// The value of a patch comes from its pixels alone: changing what lies outside the region changes nothing, changing it inside does.
    /// </summary>
    [Theory]
    [InlineData("conv3x3x4 relu pool2 conv3x3x3 fc3", "2,12,12", "conv2")]
    [InlineData("conv3x3x4 relu res(conv3x3x4) pool2 fc3", "2,9,9", "res1")]
    [InlineData("conv3x3x4 relu res(conv3x3x4 relu conv3x3x4) pool2 fc3", "2,9,9", "res1.relu1")]
    [InlineData("conv3x3x4 relu concat(conv1x1x2 | conv5x5x2) pool2 fc3", "2,11,11", "concat1")]
    [InlineData("add(conv3x3x4 pool2 | conv5x5x4s2 relu) conv3x3x3 fc3", "2,16,16", "conv1")]
    [InlineData("conv1d3x4 relu pool2 conv1d3x4 fc3", "2,16", "conv2")]
    [InlineData("conv3d3x3x3x3 relu pool2 fc3", "1,6,8,8", "pool1")]
    [InlineData("conv3x3x4 relu fc3", "2,6,6", "fc1")]
    public void A_patch_is_all_that_its_value_depends_on(string spec, string input, string layer)
    {
        Shape shape = Shape.Parse(input);
        using Network network = TinyData.Network(spec, shape);
        Dataset data = new(
            "Noise",
            "made by a test",
            ["a", "b", "c"],
            TinyData.Noise(20, 3, shape, 1),
            null,
            TinyData.Noise(20, 3, shape, 2, "Test")
        );
        foreach (MaximalPatch patch in PatchFinder.Find(network, layer, [1], data, data.Test!, 4, "cpu"))
        {
            Assert.Equal(patch.Activation, Value(network, layer, patch, patch.Sample), 1e-5);
            int[] sizes = shape.Spatial.ToArray();
            byte[] outside = [.. patch.Sample.Pixels],
                inside = [.. patch.Sample.Pixels];
            for (int i = 0; i < outside.Length; i++)
            {
                int[] place = WindowPositions.At(sizes, i / shape.Channels);
                bool within = place.Zip(patch.Region).All(pair => pair.First >= pair.Second[0] && pair.First <= pair.Second[1]);
                (within ? inside : outside)[i] ^= 0x55;
            }
            Assert.Equal(patch.Activation, Value(network, layer, patch, patch.Sample with { Pixels = outside }), 1e-5);
            Assert.NotEqual(patch.Activation, Value(network, layer, patch, patch.Sample with { Pixels = inside }), 1e-5);
        }
    }

    [Fact]
    public void Ranks_are_those_of_the_largest_value_of_each_image()
    {
        using Network network = TinyData.Network();
        Dataset data = TinyData.Dataset(test: 150); // more than one batch
        IReadOnlyList<MaximalPatch> patches = PatchFinder.Find(network, "conv1", null, data, data.Test!, 5, "cpu");
        Assert.Equal(20, patches.Count);
        foreach (IGrouping<int, MaximalPatch> unit in patches.GroupBy(patch => patch.Unit))
        {
            var all = Enumerable
                .Range(0, 150)
                .Select(i => (Index: i, Value: Largest(network, ImageSamples.FromSplit(data, data.Test!, i), unit.Key)))
                .OrderByDescending(pair => pair.Value)
                .Take(5)
                .ToArray();
            Assert.Equal([1, 2, 3, 4, 5], unit.Select(patch => patch.Rank));
            Assert.Equal(all.Select(pair => $"Test[{pair.Index}]"), unit.Select(patch => patch.Source));
            Assert.All(unit.Zip(all), pair => Assert.Equal(pair.Second.Value, pair.First.Activation, 1e-5));
        }
    }

    [Fact]
    public void Pixels_are_cut_where_the_region_lies_and_the_mean_color_is_outside()
    {
        using Network network = TinyData.Network();
        network.Normalization = new ChannelStatistics([0.2, 0.4], [0.1, 0.1]);
        var cutter = new PatchCutter(network, network.Plan.Find("conv1"));
        ImageSample image = Pictured.Noise(TinyData.Picture, 3);
        int[][] region = cutter.Region([0, 3]);
        Assert.Equal(
            [
                [-1, 1],
                [2, 4],
            ],
            region
        );
        ImageSample patch = cutter.Cut(image, region);
        Assert.Equal((3, 3, 2), (patch.Height, patch.Width, patch.Channels));
        Assert.Equal([51, 102, 51, 102, 51, 102], patch.Pixels[..6]);
        Assert.Equal(image.Pixels[4..10], patch.Pixels[6..12]);
        Assert.Equal(image.Pixels[16..22], patch.Pixels[12..]);
    }

    [Fact]
    public void Bad_input_is_said_and_nothing_is_left_behind()
    {
        using Network network = TinyData.Network();
        Dataset data = TinyData.Dataset();
        Assert.Equal(
            "Unit must be from 0 to 3 for conv1 (4x6x6). Received: 4.",
            Assert.Throws<InvalidSettingException>(() => Find("conv1", 4)).Message
        );
        Assert.Contains(
            "did you mean conv1?",
            Assert.Throws<NameNotFoundException>(() => Find("conf1", 0)).Message,
            StringComparison.Ordinal
        );
        Assert.Throws<OperationCanceledException>(() =>
            PatchFinder.Find(network, "conv1", [0], data, data.Test!, 9, "cpu", new CancellationToken(canceled: true))
        );
        Assert.Equal(0, LiveTensors.LeftBehindBy(() => Find("pool1", 1)));

        void Find(string layer, int unit) => PatchFinder.Find(network, layer, [unit], data, data.Test!, 9, "cpu");
    }

    private static double Value(Network network, string layer, MaximalPatch patch, ImageSample image)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        Tensor value = LayerPass.Run(network, NetworkInput.Batch(network, CPU, image)).Output(network.Plan.Find(layer))[0, patch.Unit];
        return patch.At.Aggregate(value, (maps, place) => maps[place]).item<float>();
    }

    private static double Largest(Network network, ImageSample image, int unit)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        return LayerPass
            .Run(network, NetworkInput.Batch(network, CPU, image))
            .Output(network.Plan.Find("conv1"))[0, unit]
            .max()
            .item<float>();
    }
}
