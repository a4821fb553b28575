using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Inference;
using ConvNetShell.Core.Layers.Convolution;
using ConvNetShell.Core.Layers.Dense;
using ConvNetShell.Core.Networks;
using ConvNetShell.Display.Pictures;
using ConvNetShell.Display.Records.Data;
using ConvNetShell.Display.Records.Evaluation;
using ConvNetShell.Display.Records.Understanding;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Understanding.Activations;

/// <summary>Collects all that can be seen of a network at work on one image.</summary>
public static class NetworkPanels
{
    private const int MostUnits = 64;

    /// <summary>Returns the panel.</summary>
    /// <param name="network">The network; it is moved to the device.</param>
    /// <param name="image">The image, of the network's input shape; <see langword="null"/> for the weights alone.</param>
    /// <param name="device">auto, cpu, cuda, cuda:1 or mps.</param>
    /// <returns>The input and every layer; those within blocks are left to <see cref="FeatureMaps"/>.</returns>
    /// <exception cref="ShapeMismatchException">The image does not fit the network.</exception>
    public static NetworkPanel Get(Network network, ImageSample? image = null, string device = ComputeDevice.Auto)
    {
        var rows = NetworkSummarizer
            .Summarize(network.Plan, network.Name)
            .Layers.Where(row => row.Depth == 0)
            .ToDictionary(row => row.Name);
        PanelLayer[] layers =
        [
            .. network.Layers.Select(layer => new PanelLayer(
                layer.Name,
                $"{rows[layer.Name].Type} {rows[layer.Name].Kernel}".TrimEnd(),
                layer.Output.ToString(),
                layer.Formula
            )
            {
                Weights = Weights(network, layer),
            }),
        ];
        if (image is null)
        {
            return new NetworkPanel(network.Name, string.Empty, layers, []);
        }
        EvaluationCheck.Fits(network, image);
        IReadOnlyList<Prediction> predictions = network.OutputShape.Count == 1 ? Predictor.Predict(network, [image], 3, device) : [];
        Device target = ComputeDevice.Choose(device);
        using IDisposable stay = network.On(target);
        using var scope = NewDisposeScope();
        LayerPass pass = LayerPass.Run(network, NetworkInput.Batch(network, target, image).detach().requires_grad_());
        int best = network.OutputShape.Count == 1 ? (int)pass.Logits[0].argmax().item<long>() : -1;
        IReadOnlyList<Tensor> gradients = best < 0 ? [] : LayerGradients.Of(pass, network, network.Layers, best);
        var input = new PanelLayer("input", string.Empty, network.InputShape.ToString(), string.Empty)
        {
            Activations = [SamplePictures.ToPicture(image, string.Empty)],
        };
        return new NetworkPanel(
            network.Name,
            image.Source,
            [
                input,
                .. layers.Select(
                    (layer, i) =>
                        layer with
                        {
                            Activations = Pictures(network.Layers[i], pass.Output(network.Layers[i]), image.Source, null),
                            Gradients =
                                best < 0 || LayerGradients.IsAfterScore(network, network.Layers[i])
                                    ? []
                                    : Pictures(network.Layers[i], gradients[i], image.Source, network.OutputNames[best]),
                        }
                ),
            ],
            predictions
        );
    }

    /// <summary>A vector is one picture of a row: it would be many of one pixel.</summary>
    private static IReadOnlyList<Picture> Pictures(NetworkLayer layer, Tensor values, string source, string? about)
    {
        IReadOnlyList<FeatureMap> maps = FeatureMaps.Maps(layer, values, source, null, about);
        if (layer.Output.Count > 1)
        {
            return PictureCollection.Merge(maps).Pictures; // in one range
        }
        float[] row = [.. maps.Take(MostUnits).Select(map => map.Values[0])];
        return
        [
            new Picture(
                string.Empty,
                1,
                1,
                row.Length,
                row,
                about is not null || row.Min() < 0 ? ColorScale.Diverging : ColorScale.Viridis
            ),
        ];
    }

    private static IReadOnlyList<Picture> Weights(Network network, NetworkLayer layer) =>
        layer.Spec is FilterSpec or DenseSpec
            ? [.. NetworkFilters.Get(network, layer.Name).Take(MostUnits).SelectMany(filter => filter.ToPictures().Pictures)]
            : [];
}
