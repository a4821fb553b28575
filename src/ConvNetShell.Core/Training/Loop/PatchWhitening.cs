using ConvNetShell.Core.Data.Batches;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Layers.Convolution;
using ConvNetShell.Core.Layers.Initializers;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Training.Loop;

/// <summary>
/// Gives first-layer filters that are to whiten their windows their weights: see <see cref="InitializerKind.Whitening"/>. What such filters
/// give is uncorrelated
/// and of variance 1, which lets everything behind them learn faster.
/// </summary>
internal static class PatchWhitening
{
    private const int Images = 5000,
        Chunk = 64;

    // added to each variance, so that directions with nothing but noise are not blown up (arXiv 2404.00498)
    private const double Epsilon = 5e-4;

    /// <summary>
    /// Sets the weights from up to 5,000 images of a split, if the network's first layer wants that. They are evenly spaced, as files are
    /// often sorted by class. The network knows its normalization already.
    /// </summary>
    public static void Start(Network network, DatasetSplit split)
    {
        if (network.Layers[0] is not { Spec: ConvSpec { Initializer.Method: InitializerKind.Whitening } first } layer)
        {
            return;
        }
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        Tensor weight = network.Parameters.First(tensor => tensor.Name == $"{layer.Name}.weight").Value;
        Tensor directions = Directions(Covariance(network, split, first));
        long pairs = Math.Min(directions.shape[0], (first.Filters + 1) / 2),
            opposite = Math.Min(pairs, first.Filters - pairs);
        Tensor filters = cat([directions.narrow(0, 0, pairs), -directions.narrow(0, 0, opposite)], 0).Times(first.Initializer.Scale);
        Tensor whitened = weight.narrow(0, 0, filters.shape[0]);
        whitened.copy_(filters.reshape(whitened.shape));
    }

    /// <summary>Returns the mean products of all pairs of values in a window, a matrix of channels x kernel positions.</summary>
    internal static Tensor Covariance(Network network, DatasetSplit split, ConvSpec layer)
    {
        int[] kernel = layer.Window.Kernel.Expand(layer.Dimensions),
            dilation = layer.Window.Dilation.Expand(layer.Dimensions);
        int images = Math.Min(Images, split.Count);
        using var batches = new BatchLoader(split, network.InputStatistics, Chunk, CPU);
        Tensor? sum = null;
        double windows = 0;
        for (int from = 0; from < images; from += Chunk)
        {
            using var scope = NewDisposeScope();
            IEnumerable<int> chunk = Enumerable.Range(from, Math.Min(Chunk, images - from));
            Tensor batch = batches.Load([.. chunk.Select(i => (int)((long)i * split.Count / images))], default).Images;
            Tensor patches = Patches(batch, kernel, dilation).to(ScalarType.Float64);
            Tensor product = patches.mm(patches.transpose(0, 1));
            sum = (sum is null ? product : sum.Plus(product)).MoveToOuterDisposeScope();
            windows += patches.shape[1];
        }
        return sum!.DividedBy(windows);
    }

    /// <summary>Returns one row for each value of a window, one column for each window.</summary>
    private static Tensor Patches(Tensor batch, int[] kernel, int[] dilation)
    {
        IEnumerable<int[]> positions =
        [
            [],
        ];
        foreach (int size in kernel)
        {
            positions = positions.SelectMany(position => Enumerable.Range(0, size).Select(at => (int[])[.. position, at]));
        }
        Tensor[] shifted =
        [
            .. positions.Select(position =>
            {
                Tensor part = batch;
                for (int d = 0; d < kernel.Length; d++)
                {
                    part = part.narrow(d + 2, position[d] * dilation[d], batch.shape[d + 2] - (kernel[d] - 1) * dilation[d]);
                }
                return part.transpose(0, 1).flatten(1);
            }),
        ];
        return stack(shifted, 1).flatten(0, 1); // channels x positions, in the order of filters
    }

    /// <summary>
    /// Returns the directions, the one of most variance first, scaled to variance 1; the largest number of each is positive, whatever the
    /// solver chose.
    /// </summary>
    private static Tensor Directions(Tensor covariance)
    {
        (Tensor variances, Tensor vectors) = linalg.eigh(covariance);
        Tensor rows = vectors.transpose(0, 1);
        Tensor largest = rows.gather(1, rows.abs().argmax(1, keepdim: true));
        return (rows * largest.sign() / variances.AtLeast(0).Plus(Epsilon).sqrt().unsqueeze(1)).flip(0);
    }
}
