using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Images;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Inference.Metrics;
using ConvNetShell.Core.Networks;
using ConvNetShell.Display.Records.Evaluation;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Inference;

/// <summary>Counts which classes a network takes for which, and remembers the images.</summary>
public static class ConfusionMatrices
{
    private const int BatchSize = 128;

    /// <summary>Returns the matrix of a split.</summary>
    /// <param name="data">The network, which is moved to the device, and the images. A class that the network lacks has a row of its own
    /// and an empty column.</param>
    /// <param name="device">auto, cpu, cuda, cuda:1 or mps.</param>
    /// <param name="stop">Ends the work after the present batch.</param>
    /// <returns>The matrix; its cells give the samples.</returns>
    /// <exception cref="InvalidSettingException">There is no such device.</exception>
    /// <exception cref="NonFiniteOutputException">Outputs of the network are not numbers.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static ConfusionMatrix Get(MatchedSplit data, string device = ComputeDevice.Auto, CancellationToken stop = default)
    {
        (Network network, Dataset dataset, DatasetSplit split) = (data.Network, data.Dataset, data.Source);
        Device target = ComputeDevice.Choose(device);
        using IDisposable stay = network.On(target);
        var predicted = new int[split.Count];
        var probabilities = new double[split.Count];
        using var noGradients = no_grad();
        int wrong = 0;
        foreach (int[] indices in Enumerable.Range(0, split.Count).Chunk(network.Plan.BatchSize(BatchSize)))
        {
            stop.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            Tensor batch = NetworkInput.Batch(network, target, [.. indices.Select(index => ImageSamples.FromSplit(dataset, split, index))]);
            float[] rows = network.Probabilities(batch).cpu().contiguous().data<float>().ToArray();
            int classes = rows.Length / indices.Length;
            for (int i = 0; i < indices.Length; i++)
            {
                ReadOnlySpan<float> row = rows.AsSpan(i * classes, classes);
                wrong += Ranking.HasNaN(row) ? 1 : 0;
                int best = Ranking.Largest(row, 1)[0];
                (predicted[indices[i]], probabilities[indices[i]]) = (best, rows[(i * classes) + best]);
            }
        }
        if (wrong > 0)
        {
            throw new NonFiniteOutputException(network.Name, wrong, split.Count);
        }
        return new ConfusionMatrix(
            network.Name,
            dataset.Name,
            split.Name,
            data.Names,
            [.. data.Split.LabelArray],
            predicted,
            probabilities,
            index => ImageSamples.FromSplit(dataset, split, index)
        )
        {
            TellingNetwork = network,
        };
    }
}
