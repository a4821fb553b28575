using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Data.Batches;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Networks;
using ConvNetShell.Display.Records.Understanding;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Understanding.Activations;

/// <summary>Reads the output of layers for all images of a split, batch by batch.</summary>
public static class FeatureVectors
{
    private const int BatchSize = 128;

    /// <summary>Returns a row for each image and layer; no more than one batch is in memory at a time.</summary>
    /// <param name="network">The network; it is moved to the device while rows are read.</param>
    /// <param name="data">The dataset, for the names of classes.</param>
    /// <param name="split">The images.</param>
    /// <param name="layers">The layers' names; layers of blocks too (res1.conv1).</param>
    /// <param name="device">auto, cpu, cuda, cuda:1 or mps.</param>
    /// <param name="stop">Ends the work after the present batch.</param>
    /// <returns>The rows, image by image; of one image the layers in their order.</returns>
    /// <exception cref="ShapeMismatchException">The images do not fit the network.</exception>
    /// <exception cref="NameNotFoundException">There is no such layer.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static IEnumerable<FeatureVector> Read(
        Network network,
        Dataset data,
        DatasetSplit split,
        IReadOnlyList<string> layers,
        string device = ComputeDevice.Auto,
        CancellationToken stop = default
    )
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(split);
        if (!network.InputShape.Equals(split.Shape))
        {
            throw new ShapeMismatchException(
                $"The images of {data.Name} do not fit the network {network.Name}",
                network.InputShape.ToString(),
                split.Shape.ToString()
            );
        }
        return Rows(network, data, split, [.. layers.Select(network.Plan.Find)], ComputeDevice.Choose(device), stop);
    }

    private static IEnumerable<FeatureVector> Rows(
        Network network,
        Dataset data,
        DatasetSplit split,
        NetworkLayer[] layers,
        Device device,
        CancellationToken stop
    )
    {
        using IDisposable stay = network.On(device);
        int size = Math.Min(network.Plan.BatchSize(BatchSize), Math.Max(1, split.Count));
        using var loader = new BatchLoader(split, network.InputStatistics, size, device);
        for (int first = 0; first < split.Count; first += size)
        {
            stop.ThrowIfCancellationRequested();
            int count = Math.Min(size, split.Count - first);
            float[][] values = Batch(network, loader, first, count, layers);
            for (int i = 0; i < count; i++)
            {
                for (int layer = 0; layer < layers.Length; layer++)
                {
                    int length = values[layer].Length / count;
                    yield return new FeatureVector(
                        layers[layer].Name,
                        first + i,
                        data.Classes[split.Labels[first + i]],
                        values[layer][(i * length)..((i + 1) * length)]
                    );
                }
            }
        }
    }

    private static float[][] Batch(Network network, BatchLoader loader, int first, int count, NetworkLayer[] layers)
    {
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        LayerPass pass = LayerPass.Run(network, loader.Load([.. Enumerable.Range(first, count)], []).Images);
        return [.. layers.Select(layer => pass.Output(layer).to(ScalarType.Float32).cpu().contiguous().data<float>().ToArray())];
    }
}
