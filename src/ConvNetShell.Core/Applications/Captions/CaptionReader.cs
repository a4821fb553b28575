using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Data.Batches;
using ConvNetShell.Core.Data.Captions;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Images;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Inference;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Blocks;
using ConvNetShell.Core.Layers.Captions;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Display.Records.Captions;
using ConvNetShell.Display.Records.Data;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Applications.Captions;

/// <summary>Returns what a network that ends in a decoder of captions says about images.</summary>
public static class CaptionReader
{
    private const int BatchSize = 64;

    /// <summary>Describes the images of a split.</summary>
    /// <param name="network">The network.</param>
    /// <param name="dataset">The dataset.</param>
    /// <param name="split">The images.</param>
    /// <param name="beam">The captions that are followed at a time, 1 or more.</param>
    /// <param name="device">auto, cpu, cuda, cuda:1 or mps.</param>
    /// <param name="stop">Ends it after the present batch.</param>
    /// <returns>One for each image, in order.</returns>
    /// <exception cref="InvalidSettingException">The network does not describe images, or was not trained.</exception>
    /// <exception cref="ShapeMismatchException">The images do not fit the network.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static IReadOnlyList<ImageCaption> Read(
        Network network,
        Dataset dataset,
        DatasetSplit split,
        int beam,
        string device,
        CancellationToken stop = default
    )
    {
        RequireDecoder(network);
        EvaluationCheck.Fits(network, split, dataset.Name);
        IReadOnlyList<IReadOnlyList<string>> references = SampleCaptions.Of(split);
        FoundCaption[] found = Find(network, split, beam, device, stop);
        return
        [
            .. found.Select(
                (caption, i) => Row(network, caption, ImageSamples.FromSplit(dataset, split, i), references.Count == 0 ? [] : references[i])
            ),
        ];
    }

    /// <summary>Describes samples.</summary>
    /// <param name="network">The network.</param>
    /// <param name="samples">The images, in the size of the network's input; one or more.</param>
    /// <param name="beam">The captions that are followed at a time, 1 or more.</param>
    /// <param name="device">auto, cpu, cuda, cuda:1 or mps.</param>
    /// <param name="stop">Ends it after the present batch.</param>
    /// <returns>One for each image, in order.</returns>
    /// <exception cref="InvalidSettingException">The network does not describe images, or was not trained.</exception>
    /// <exception cref="ShapeMismatchException">An image does not fit the network.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static IReadOnlyList<ImageCaption> Read(
        Network network,
        IReadOnlyList<ImageSample> samples,
        int beam,
        string device,
        CancellationToken stop = default
    )
    {
        RequireDecoder(network);
        DatasetSplit split = NetworkInput.Split(network, [.. samples]);
        return
        [
            .. Find(network, split, beam, device, stop).Zip(samples, (caption, sample) => Row(network, caption, sample, Known(sample))),
        ];
    }

    /// <summary>Returns the captions of a split as text.</summary>
    internal static FoundCaption[] Find(Network network, DatasetSplit split, int beam, string device, CancellationToken stop)
    {
        Device target = ComputeDevice.Choose(device);
        using IDisposable stay = network.On(target);
        using var noGradients = inference_mode();
        using var loader = new BatchLoader(split, network.InputStatistics, Math.Min(BatchSize, split.Count), target);
        var search = new CaptionSearch((CaptionModule)network.Modules[^1], network.OutputShape[1], beam);
        LayerModule[] encoder = [.. network.Modules.SkipLast(1)];
        var found = new List<FoundCaption>();
        foreach (int[] batch in Enumerable.Range(0, split.Count).Chunk(BatchSize))
        {
            stop.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            Tensor images = loader.Load(batch, []).Images;
            found.AddRange(search.Find(LayerStack.Run(encoder, images, new ForwardContext(Training: false))));
        }
        return [.. found];
    }

    /// <summary>Checks that a network ends in a decoder and knows its words.</summary>
    internal static void RequireDecoder(Network network)
    {
        if (network.Layers[^1].Spec is not CaptionSpec)
        {
            throw new InvalidSettingException(
                "Network",
                "a network that describes images, such as ShowAndTell: its last layer is caption...",
                $"{network.Name}, whose last layer is {network.Layers[^1].Spec}"
            );
        }
        if (network.Classes.Count != network.OutputShape.Channels)
        {
            throw new InvalidSettingException("Network", "a trained network: training teaches it its words", $"{network.Name}, untrained");
        }
    }

    private static IReadOnlyList<string> Known(ImageSample sample)
    {
        var known = new List<string>();
        while (sample.Attributes.TryGetValue(SampleCaptions.Name(known.Count), out string? caption))
        {
            known.Add(caption);
        }
        return known;
    }

    private static ImageCaption Row(Network network, FoundCaption caption, ImageSample sample, IReadOnlyList<string> references)
    {
        Shape maps = network.Layers[^1].Input;
        bool looks = caption.Looks.Count > 0;
        string[] words = [.. caption.Words.Select(word => network.Classes[word])];
        return new ImageCaption(
            network.Name,
            sample.Source,
            string.Join(' ', words),
            caption.Total,
            [
                .. words.Select(
                    (word, i) =>
                        new CaptionWord(
                            word,
                            Math.Exp(caption.Logarithms[i]),
                            looks ? maps[1] : 0,
                            looks ? maps[2] : 0,
                            looks ? caption.Looks[i] : []
                        )
                ),
            ]
        )
        {
            Sample = sample,
            References = [.. references.Select(text => string.Join(' ', CaptionVocabulary.Split(text)))], // as the network says it
        };
    }
}
