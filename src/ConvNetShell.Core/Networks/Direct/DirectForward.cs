using ConvNetShell.Core.Data.Batches;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Numerics;
using ConvNetShell.FusedKernels.Direct;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Networks.Direct;

/// <summary>
/// A network outside of training, computed a few images at a time by kernels of ours: small networks then need neither libtorch's
/// operators, each of which costs microseconds, nor the main memory.
/// </summary>
internal sealed class DirectForward
{
    private const long MostWeights = 2_000_000; // 8 MB; larger networks are left to libtorch
    private readonly DirectProgram program;
    private readonly KnownNumbers[] weights;

    private DirectForward(DirectProgram program, KnownNumbers[] weights) => (this.program, this.weights) = (program, weights);

    /// <summary>Gets a value indicating whether the network has still the weights that this was made with.</summary>
    public bool IsCurrent => Array.TrueForAll(weights, each => each.IsCurrent);

    /// <summary>Frees the memory that no call works in.</summary>
    public void Trim() => program.Trim();

    /// <summary>Says whether networks of a shape may be computed so.</summary>
    /// <param name="input">The shape of an image.</param>
    /// <param name="output">The shape of an output.</param>
    /// <param name="parameters">How many weights there are.</param>
    public static bool Suits(Shape input, Shape output, long parameters) =>
        DirectProgram.IsSupported && input.Count is >= 2 and <= 4 && output.Count == 1 && parameters <= MostWeights;

    /// <summary>Returns what computes layers with their weights of now; <see langword="null"/> where it lacks one of them.</summary>
    /// <param name="input">The shape of an image.</param>
    /// <param name="order">The layers in the order they are computed in.</param>
    /// <param name="weights">All their weights and running averages.</param>
    public static DirectForward? Of(Shape input, LayerModule[] order, KnownNumbers[] weights)
    {
        int frames = input.Count > 3 ? input[1] : 1,
            height = input.Count > 2 ? input[^2] : 1;
        var builder = new DirectBuilder(input[0], height, input[^1], frames);
        return Array.TrueForAll(order, module => module.AddTo(builder)) ? new DirectForward(builder.Build(), weights) : null;
    }

    /// <summary>Computes a batch.</summary>
    /// <param name="images">Batch x channels x frames x rows x columns, or fewer dimensions, float32, in the processor's memory.</param>
    public unsafe Tensor Run(Tensor images)
    {
        int count = (int)images.shape[0];
        Tensor results = empty([count, program.Outputs]);
        using Tensor pixels = images.movedim([1], [-1]);
        using Tensor inOrder = pixels.contiguous();
        fixed (
            byte* from = inOrder.bytes,
                to = results.bytes
        )
        {
            long[] shape = images.shape;
            int rows = (int)shape[2..^1].Aggregate(1L, (product, size) => product * size);
            program.Run(new PixelRows((float*)from, rows), count, (float*)to, get_num_threads());
        }
        return results;
    }

    /// <summary>Computes images of bytes.</summary>
    /// <param name="images">Frames x rows x columns x channels each.</param>
    /// <param name="normalizer">Normalizes a row.</param>
    /// <returns>The outputs, one image behind the other.</returns>
    public float[] Run(IReadOnlyList<byte[]> images, PixelNormalizer normalizer) => Run(new ByteRows(images, normalizer), images.Count);

    /// <summary>Computes images of a split.</summary>
    /// <param name="split">The split.</param>
    /// <param name="indices">Which of its images.</param>
    /// <param name="normalizer">Normalizes a row.</param>
    /// <returns>The outputs, one image behind the other.</returns>
    public float[] Run(DatasetSplit split, ReadOnlyMemory<int> indices, PixelNormalizer normalizer) =>
        split.IsStreamed
            ? Run(Array.ConvertAll(indices.ToArray(), index => split.Image(index).ToArray()), normalizer)
            : Run(new SplitRows(split, indices, normalizer), indices.Length);

    private unsafe float[] Run<TImages>(TImages images, int count)
        where TImages : struct, IImageSource
    {
        float[] results = new float[count * program.Outputs];
        fixed (float* to = results)
        {
            program.Run(images, count, to, get_num_threads());
        }
        return results;
    }
}
