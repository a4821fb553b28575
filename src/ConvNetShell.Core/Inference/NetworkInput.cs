using ConvNetShell.Core.Data.Batches;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Display.Records.Data;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Inference;

/// <summary>Makes batches out of samples, and samples out of pictures.</summary>
internal static class NetworkInput
{
    /// <summary>Returns a batch of samples, normalized as the network wants it.</summary>
    public static Tensor Batch(Network network, Device device, params ReadOnlySpan<ImageSample> samples)
    {
        DatasetSplit split = Split(network, samples);
        using var loader = new BatchLoader(split, network.InputStatistics, samples.Length, device);
        return loader.Load([.. Enumerable.Range(0, samples.Length)], []).Images.alias();
    }

    /// <summary>Returns a split of samples, without classes.</summary>
    /// <exception cref="ShapeMismatchException">One does not fit the network.</exception>
    public static DatasetSplit Split(Network network, params ReadOnlySpan<ImageSample> samples)
    {
        foreach (ImageSample sample in samples)
        {
            EvaluationCheck.Fits(network, sample);
        }
        var pixels = new List<byte>(checked((int)(network.InputShape.Elements * samples.Length)));
        foreach (ImageSample sample in samples)
        {
            pixels.AddRange(sample.Pixels);
        }
        return new DatasetSplit("Images", network.InputShape, [.. pixels], new int[samples.Length]);
    }

    /// <summary>Returns an input of one color, from 0 (black) to 1 (white), normalized; a batch of one.</summary>
    public static Tensor Plain(Network network, double brightness, Device device) =>
        (empty(BatchOfOne(network), ScalarType.Float32, device).FillInPlace(brightness) - Mean(network, device))
        / StandardDeviation(network, device);

    /// <summary>Returns the mean of each channel, shaped to be taken from a batch.</summary>
    public static Tensor Mean(Network network, Device device) => Channels(network, network.InputStatistics.Mean, device);

    /// <summary>Returns the deviation of each channel, as the loader divides by it, shaped to divide a batch by.</summary>
    public static Tensor StandardDeviation(Network network, Device device) =>
        Channels(network, [.. network.InputStatistics.StandardDeviation.Select(deviation => Math.Max(deviation, 1e-6))], device);

    /// <summary>Returns the sizes of a batch of one.</summary>
    public static long[] BatchOfOne(Network network) => [1, .. network.InputShape.ToArray().Select(size => (long)size)];

    /// <summary>Returns rows, columns and frames of a map that covers the whole input.</summary>
    public static (int Height, int Width, int Frames) MapSize(Shape input) =>
        input.Count switch
        {
            1 => (1, input[0], 1),
            2 => (1, input[1], 1),
            3 => (input[1], input[2], 1),
            _ => (input[2], input[3], input[1]),
        };

    private static Tensor Channels(Network network, double[] values, Device device) =>
        tensor(values, ScalarType.Float32, device).reshape([1, -1, .. Enumerable.Repeat(1L, network.InputShape.Count - 1)]);
}
