using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Inference;
using ConvNetShell.Core.Networks;
using ConvNetShell.Display.Records.Data;
using ConvNetShell.Display.Records.Embeddings;
using static TorchSharp.torch; // Device

namespace ConvNetShell.Core.Applications.Embeddings;

/// <summary>
/// Returns embeddings of images: the outputs of a network that has learned an embedding, or the values that go into the last layer with
/// weights of a classifier (maps averaged), as vectors of length 1.
/// </summary>
public static class EmbeddingReader
{
    /// <summary>Returns the embeddings of a split.</summary>
    /// <param name="network">The network.</param>
    /// <param name="dataset">The dataset.</param>
    /// <param name="split">The images.</param>
    /// <param name="device">auto, cpu, cuda, cuda:1 or mps.</param>
    /// <param name="stop">Ends it after the present batch.</param>
    /// <returns>One for each image, in order.</returns>
    /// <exception cref="ConvNetShell.Core.Errors.ShapeMismatchException">The images do not fit the network.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static IReadOnlyList<Embedding> Read(
        Network network,
        Dataset dataset,
        DatasetSplit split,
        string device,
        CancellationToken stop = default
    )
    {
        float[][] vectors = Vectors(network, split, dataset.Name, device, stop);
        return
        [
            .. vectors.Select(
                (vector, index) =>
                {
                    int label = split.LabelArray[index];
                    string source = split.Files?[index] ?? FormattableString.Invariant($"{split.Name}[{index}]");
                    return new Embedding(network.Name, source, label, dataset.Classes[label], Array.AsReadOnly(vector))
                    {
                        Attributes = split.Attributes.Of(index),
                    };
                }
            ),
        ];
    }

    /// <summary>Returns the embeddings of samples.</summary>
    /// <param name="network">The network.</param>
    /// <param name="samples">The images, in the size of the network's input; one or more.</param>
    /// <param name="device">auto, cpu, cuda, cuda:1 or mps.</param>
    /// <param name="stop">Ends it after the present batch.</param>
    /// <returns>One for each image, in order.</returns>
    /// <exception cref="ConvNetShell.Core.Errors.ShapeMismatchException">An image does not fit the network.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static IReadOnlyList<Embedding> Read(
        Network network,
        IReadOnlyList<ImageSample> samples,
        string device,
        CancellationToken stop = default
    )
    {
        float[][] vectors = Vectors(network, NetworkInput.Split(network, [.. samples]), "The images", device, stop);
        return
        [
            .. samples.Zip(
                vectors,
                (sample, vector) =>
                    new Embedding(network.Name, sample.Source, sample.Label, sample.Class, Array.AsReadOnly(vector))
                    {
                        Attributes = sample.Attributes,
                    }
            ),
        ];
    }

    /// <summary>Returns the embeddings of a split as numbers.</summary>
    internal static float[][] Vectors(Network network, DatasetSplit split, string name, string device, CancellationToken stop)
    {
        EvaluationCheck.Fits(network, split, name);
        Device target = ComputeDevice.Choose(device);
        using IDisposable stay = network.On(target);
        float[][] vectors = EmbeddingMatrix.Compute(network, split, target, stop) ?? throw new OperationCanceledException(stop);
        int wrong = vectors.Count(vector => Array.Exists(vector, float.IsNaN));
        return wrong == 0 ? vectors : throw new NonFiniteOutputException(network.Name, wrong, vectors.Length);
    }
}
