using ConvNetShell.Core.Inference;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Display.Records.Data;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Tests.Understanding;

/// <summary>Samples of noise, and what a network holds and says.</summary>
internal static class Pictured
{
    public static ImageSample Noise(Shape shape, int seed)
    {
        var pixels = new byte[shape.Elements];
        new Random(seed).NextBytes(pixels);
        int width = shape.Count == 1 ? 1 : shape[^1],
            rows = shape.Count < 3 ? 1 : (int)(shape.Elements / shape.Channels / width);
        return new ImageSample("Noise", "Test", seed, null, null, rows, width, shape.Channels, pixels)
        {
            Dimensions = shape.Count - 1,
            Frames = shape.Count > 3 ? shape[1] : 1,
        };
    }

    public static float[] State(Network network)
    {
        using var scope = NewDisposeScope();
        return [.. network.State.SelectMany(tensor => tensor.Value.detach().contiguous().data<float>().ToArray())];
    }

    public static float[] Output(Network network, ImageSample image)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        return network.Probabilities(NetworkInput.Batch(network, CPU, image)).contiguous().data<float>().ToArray();
    }
}
