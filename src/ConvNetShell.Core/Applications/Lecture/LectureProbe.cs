using ConvNetShell.Core.Inference;
using ConvNetShell.Core.Layers.Convolution;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Understanding.Activations;
using ConvNetShell.Display.Records.Data;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Applications.Lecture;

/// <summary>
/// Takes one image forwards and backwards through a network that is being trained, between two steps. The gradients that the optimizer
/// uses are left alone.
/// </summary>
internal static class LectureProbe
{
    /// <summary>Returns the layers at work on an image, and the image's loss.</summary>
    /// <param name="network">The network.</param>
    /// <param name="image">An image of the network's input shape.</param>
    /// <param name="label">The output of its class.</param>
    public static (IReadOnlyList<LectureLayer> Layers, double Loss) Take(Network network, ImageSample image, int label)
    {
        using var scope = NewDisposeScope();
        LayerPass pass = LayerPass.Run(network, NetworkInput.Batch(network, network.Device, image).detach().requires_grad_());
        Tensor loss = nn.functional.cross_entropy(pass.Logits, tensor([(long)label], device: network.Device));
        NetworkLayer[] before = [.. network.Layers.Where(layer => !LayerGradients.IsAfterScore(network, layer))];
        NetworkLayer? first = network.Layers.FirstOrDefault(layer => layer.Spec is ConvSpec);
        Tensor? weight = network.Parameters.FirstOrDefault(parameter => parameter.Name == $"{first?.Name}.weight")?.Value;
        Tensor[] asked = [.. before.Select(pass.Output), .. weight is { requires_grad: true } ? [weight] : Array.Empty<Tensor>()];
        Tensor?[] gradients = Gradients.Of(loss, asked);
        var kinds = NetworkSummarizer
            .Summarize(network.Plan, network.Name)
            .Layers.Where(row => row.Depth == 0)
            .ToDictionary(row => row.Name);
        LectureLayer[] layers =
        [
            .. network.Layers.Select(layer =>
            {
                int index = Array.IndexOf(before, layer);
                bool isFirst = layer == first && weight is not null;
                return new LectureLayer(
                    layer.Name,
                    $"{kinds[layer.Name].Type} {kinds[layer.Name].Kernel}".TrimEnd(),
                    layer.Output.ToString(),
                    layer.ParameterCount,
                    Maps(pass.Output(layer)[0], layer.Output),
                    index >= 0 && gradients[index] is { } gradient ? Maps(gradient[0], layer.Output) : null,
                    isFirst ? Filters(weight!) : null,
                    isFirst && asked.Length > before.Length && gradients[^1] is { } slope ? Filters(slope) : null
                );
            }),
        ];
        return (layers, loss.item<float>());
    }

    private static LectureMaps Maps(Tensor values, Shape shape)
    {
        int[] sizes = [.. shape.ToArray().Skip(1)];
        (int height, int width) = sizes.Length switch
        {
            0 => (1, 1),
            1 => (1, sizes[0]),
            _ => (sizes[0], sizes[1]),
        };
        return LectureMaps.Of(Read(values), shape.Channels, 1, height, width);
    }

    /// <summary>Filters over three channels are drawn in color; of others each plane is a map.</summary>
    private static LectureMaps Filters(Tensor weight)
    {
        (int filters, int channels, int height, int width) = (
            (int)weight.shape[0],
            (int)weight.shape[1],
            (int)weight.shape[2],
            (int)weight.shape[3]
        );
        return channels == 3
            ? LectureMaps.Of(Read(weight), filters, 3, height, width)
            : LectureMaps.Of(Read(weight), filters * channels, 1, height, width);
    }

    private static float[] Read(Tensor values) => values.detach().to(ScalarType.Float32).cpu().contiguous().data<float>().ToArray();
}
