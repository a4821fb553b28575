using ConvNetShell.Core.Compute.Native;
using ConvNetShell.Core.Data.Batches;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Blocks;
using ConvNetShell.Core.Layers.Dense;
using ConvNetShell.Core.Numerics;
using ConvNetShell.FusedKernels.Direct;
using ConvNetShell.FusedKernels.Direct.Planes;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Networks.Direct;

/// <summary>
/// A network outside of training, computed a few images at a time by kernels of ours: small networks then need neither libtorch's
/// operators, each of which costs microseconds, nor the main memory. Of larger ones it computes what is before the fully connected layers.
/// </summary>
internal sealed class DirectForward
{
    private const long MostWeights = 16_000_000, // 64 MB, of which this has a copy, and four times as many for minimal filtering
        MostConnected = 4_000_000; // in fully connected layers, which a single thread computes for an image
    private readonly DirectProgram program;
    private readonly LayerModule[] head; // what follows, which libtorch computes
    private readonly KnownNumbers[] weights;
    private readonly MemoryPressure memory;

    private DirectForward(DirectProgram program, LayerModule[] head, KnownNumbers[] weights)
    {
        (this.program, this.head, this.weights) = (program, head, weights);
        memory = new MemoryPressure(program.Bytes);
    }

    /// <summary>Gets a value indicating whether the network has still the weights that this was made with.</summary>
    public bool IsCurrent => Array.TrueForAll(weights, each => each.IsCurrent);

    /// <summary>Frees the memory that no call works in.</summary>
    public void Trim() => program.Trim();

    /// <summary>
    /// Returns how many of the first layers can be computed so, as far as their shapes and weights go: all of them, or those before a fully
    /// connected layer where they have few weights enough; zero for none.
    /// </summary>
    /// <param name="input">The shape of an image.</param>
    /// <param name="output">The shape of an output.</param>
    /// <param name="order">The layers in the order they are computed in.</param>
    public static int Suited(Shape input, Shape output, LayerModule[] order)
    {
        if (!DirectProgram.IsSupported || input.Count is < 2 or > 4 || output.Count != 1)
        {
            return 0;
        }
        long sum = 0,
            connected = 0;
        int tooMany = Array.FindIndex(
            order,
            module =>
            {
                long own = module.Parameters.Sum(parameter => parameter.Value.NumberOfElements);
                sum += own;
                connected += module is DenseModule ? own : 0;
                return connected > MostConnected || sum > MostWeights;
            }
        );
        return tooMany < 0 ? order.Length
            : order[tooMany] is DenseModule ? tooMany
            : 0;
    }

    /// <summary>Returns what computes layers with their weights of now; <see langword="null"/> where it lacks one of them.</summary>
    /// <param name="input">The shape of an image.</param>
    /// <param name="body">The first layers in the order they are computed in.</param>
    /// <param name="head">The others, the first of them fully connected; libtorch computes them.</param>
    /// <param name="weights">All weights and running averages of the first layers.</param>
    public static DirectForward? Of(Shape input, LayerModule[] body, LayerModule[] head, KnownNumbers[] weights)
    {
        int frames = input.Count > 3 ? input[1] : 1,
            height = input.Count > 2 ? input[^2] : 1;
        var builder = new DirectBuilder(input[0], height, input[^1], frames);
        return Array.TrueForAll(body, module => module.AddTo(builder)) ? new DirectForward(builder.Build(), head, weights) : null;
    }

    /// <summary>Computes a batch.</summary>
    /// <param name="images">Batch x channels x frames x rows x columns, or fewer dimensions, float32, in the processor's memory.</param>
    public unsafe Tensor Run(Tensor images)
    {
        int count = (int)images.shape[0];
        Tensor results = Maps(count);
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
        return Head(results);
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
        if (head.Length > 0)
        {
            using var noGradients = inference_mode();
            using var scope = NewDisposeScope();
            Tensor maps = Maps(count);
            fixed (byte* to = maps.bytes)
            {
                program.Run(images, count, (float*)to, get_num_threads());
            }
            return Head(maps).ToFloats();
        }
        float[] results = new float[count * program.Outputs];
        fixed (float* to = results)
        {
            program.Run(images, count, to, get_num_threads());
        }
        return results;
    }

    /// <summary>Returns memory for what the kernels give: a vector, or maps with their channels last.</summary>
    private Tensor Maps(int count)
    {
        Plane output = program.Output;
        return head.Length == 0
            ? empty([count, output.Count])
            : empty([count, output.Frames, output.Height, output.Width, output.Channels]);
    }

    private Tensor Head(Tensor maps)
    {
        if (head.Length == 0)
        {
            return maps;
        }
        using Tensor own = maps;
        using Tensor inOrder = own.permute(0, 4, 1, 2, 3);
        return LayerStack.Run(head, inOrder, new ForwardContext(Training: false));
    }
}
