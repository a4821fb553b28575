using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Images;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Inference.Metrics;
using ConvNetShell.Core.Networks;
using ConvNetShell.Display;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Inference;

/// <summary>Counts which classes a network takes for which, and remembers the images.</summary>
public static class ConfusionMatrices
{
    private const int BatchSize = 128;

    /// <summary>Returns the matrix of a split.</summary>
    /// <param name="network">The network; it is moved to the device.</param>
    /// <param name="dataset">The dataset.</param>
    /// <param name="split">One of its splits.</param>
    /// <param name="device">auto, cpu, cuda, cuda:1 or mps.</param>
    /// <param name="stop">Ends the work after the present batch.</param>
    /// <returns>The matrix; its cells give the samples.</returns>
    /// <exception cref="ShapeMismatchException">The images or the labels do not fit the network.</exception>
    /// <exception cref="InvalidSettingException">The split has no image, or the device does not exist.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static ConfusionMatrix Get(
        Network network,
        Dataset dataset,
        DatasetSplit split,
        string device = ComputeDevice.Auto,
        CancellationToken stop = default
    )
    {
        EvaluationCheck.Fits(network, split, dataset.Name);
        Device target = ComputeDevice.Choose(device);
        using IDisposable stay = network.On(target);
        var predicted = new int[split.Count];
        var probabilities = new double[split.Count];
        using var noGradients = no_grad();
        foreach (int[] indices in Enumerable.Range(0, split.Count).Chunk(BatchSize))
        {
            stop.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            Tensor batch = NetworkInput.Batch(network, target, [.. indices.Select(index => ImageSamples.FromSplit(dataset, split, index))]);
            float[] rows = network.Probabilities(batch).cpu().contiguous().data<float>().ToArray();
            int classes = rows.Length / indices.Length;
            for (int i = 0; i < indices.Length; i++)
            {
                int best = Ranking.Largest(rows.AsSpan(i * classes, classes), 1)[0];
                (predicted[indices[i]], probabilities[indices[i]]) = (best, rows[(i * classes) + best]);
            }
        }
        return new ConfusionMatrix(
            network.Name,
            dataset.Name,
            split.Name,
            network.OutputNames,
            [.. split.LabelArray],
            predicted,
            probabilities,
            index => ImageSamples.FromSplit(dataset, split, index)
        )
        {
            TellingNetwork = network,
        };
    }
}
