using ConvNetShell.Core.Data.Batches;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Blocks;
using ConvNetShell.Core.Networks;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Inference;

/// <summary>
/// Embeddings of images, rows of length 1. They are the outputs of a network that has learned an embedding; of a classifier the values that
/// go into its last layer with weights, each map averaged.
/// </summary>
internal static class EmbeddingMatrix
{
    private const int BatchSize = 128;

    /// <summary>Computes the embeddings of a split.</summary>
    /// <param name="network">The network.</param>
    /// <param name="split">The images.</param>
    /// <param name="device">Where the network is.</param>
    /// <param name="stop">Ends it after the present batch.</param>
    /// <returns>The embedding of each image; <see langword="null"/> where it was stopped.</returns>
    public static float[][]? Compute(Network network, DatasetSplit split, Device device, CancellationToken stop)
    {
        using var scope = NewDisposeScope();
        using var noGradients = inference_mode();
        LayerModule[] modules = [.. network.Modules.Take(Layers(network))];
        var plan = new BatchPlan(split.Count, network.Plan.BatchSize(BatchSize));
        int[] order = plan.Order();
        using var ahead = ReadAhead.Begin(split, order, 0, plan.LargestBatch);
        using var loader = new BatchLoader(ahead?.ToSplit() ?? split, network.InputStatistics, plan.LargestBatch, device);
        var rows = new List<float[]>();
        int done = 0;
        for (int step = 0; step < plan.Steps; step++)
        {
            if (stop.IsCancellationRequested)
            {
                return null;
            }
            ReadOnlyMemory<int> batch = plan.Batch(order, step);
            using var part = NewDisposeScope();
            Tensor images = loader.Load(batch.Span, []).Images;
            Tensor value = LayerStack.Run(modules, images, new ForwardContext(Training: false)).to(ScalarType.Float32);
            Tensor vectors = value.dim() > 2 ? value.flatten(2).mean([2]) : value;
            Tensor unit = nn.functional.normalize(vectors, 2, 1).cpu().contiguous();
            rows.AddRange(unit.data<float>().ToArray().Chunk((int)unit.shape[1]));
            done += batch.Length;
            ahead?.Advance(done);
        }
        return [.. rows];
    }

    /// <summary>Returns how many of a network's layers give the embedding.</summary>
    private static int Layers(Network network)
    {
        bool classifies = network.Classes.Count > 0 || (network.EndsInSoftmax && network.Normalization is null);
        int head = classifies ? ClassHead.Index([.. network.Layers.Select(layer => layer.Spec)]) : -1;
        return head > 0 ? head : network.LogitModules.Length;
    }
}
