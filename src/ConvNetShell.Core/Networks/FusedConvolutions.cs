using System.Numerics;
using System.Runtime.InteropServices;
using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Activation;
using ConvNetShell.Core.Layers.Convolution;
using ConvNetShell.Core.Layers.Pooling;
using ConvNetShell.Core.Numerics;
using ConvNetShell.FusedKernels;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Networks;

/// <summary>
/// The convolutions that a network begins with, computed by <see cref="FusedConvStack"/> instead of libtorch: hands it the network's
/// weights and tensors, and adds the
/// gradients it returns. One thread at a time may use it.
/// </summary>
internal sealed class FusedConvolutions : IDisposable
{
    private const double LargestInput = 1e6, // images are normalized bytes, which are far smaller
        LargestValue = 1e37; // the largest float32 is 3.4e38
    private readonly FusedConvStack stack;
    private readonly ConvModule[] modules;
    private readonly Tensor output;

    private readonly bool isSignal; // one dimension, computed as a picture of height one

    private FusedConvolutions(FusedConvStack stack, ConvModule[] modules, int[] lengths, int capacity, bool isReduced)
    {
        (this.stack, this.modules, Lengths) = (stack, modules, lengths);
        isSignal = modules[0].Parameters[0].Value.Dimensions == 3;
        output = empty(capacity * stack.Shapes[^1].Pooled, isReduced ? ScalarType.BFloat16 : ScalarType.Float32).DetachFromDisposeScope();
    }

    /// <summary>Gets how many of the network's layers each fused block replaces, in execution order.</summary>
    public IReadOnlyList<int> Lengths { get; }

    /// <summary>Gets how many of the network's layers are replaced.</summary>
    public int Length => Lengths.Sum();

    /// <summary>
    /// Returns the fused convolutions of a network, or <see langword="null"/> if it does not begin with any or they would not be faster
    /// than libtorch.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="precision">The precision of its convolutions: each has kernels of its own.</param>
    /// <param name="device">Where it computes; only the CPU is fused.</param>
    /// <param name="threads">The threads it computes with; only one is fused.</param>
    /// <param name="capacity">The most images of a batch.</param>
    public static FusedConvolutions? For(Network network, Precision precision, Device device, int threads, int capacity) =>
        threads == 1 && device.type == TorchSharp.DeviceType.CPU && IsSupported(precision)
            ? Create(network, capacity, precision == Precision.BFloat16, FusedConvStack.Create)
            : null;

    /// <summary>Returns whether this machine has kernels for a precision.</summary>
    public static bool IsSupported(Precision precision) =>
        precision switch
        {
            Precision.BFloat16 => CpuFeatures.SupportsFusedKernels,
            Precision.Float32 => CpuFeatures.SupportsFusedFloat32,
            _ => false,
        };

    /// <summary>
    /// Returns the fused convolutions of a network with the kernels of your choice, or <see langword="null"/> if it does not begin with
    /// any.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="capacity">The most images of a batch.</param>
    /// <param name="isReduced">Whether they are in bfloat16, else in float32.</param>
    /// <param name="create">Creates the kernels.</param>
    public static FusedConvolutions? Create(
        Network network,
        int capacity,
        bool isReduced,
        Func<IReadOnlyList<FusedConvShape>, int, bool, FusedConvStack> create
    )
    {
        List<FusedConvShape> shapes = [];
        List<ConvModule> modules = [];
        List<int> lengths = [];
        IReadOnlyList<LayerModule> order = network.ExecutionOrder;
        int at = 0;
        while (at < order.Count && order[at] is ConvModule convolution && (isReduced || !convolution.SuitsMinimalFiltering))
        {
            int next = at + 1;
            PoolModule? pool = next < order.Count && order[next] is PoolModule { IsMax: true, Tiles: not null } after ? after : null;
            next += pool is null ? 0 : 1;
            bool hasRelu = next < order.Count && order[next] is ActivationModule { IsRectifier: true };
            next += hasRelu ? 1 : 0;
            if (convolution.FusedShape(pool?.Tiles ?? (1, 1), hasRelu) is not { } shape || !shape.IsSupported(capacity))
            {
                break;
            }
            shapes.Add(shape);
            modules.Add(convolution);
            lengths.Add(next - at);
            at = next;
        }
        return shapes.Count > 0
            ? new FusedConvolutions(create(shapes, capacity, isReduced), [.. modules], [.. lengths], capacity, isReduced)
            : null;
    }

    /// <summary>
    /// Returns whether no sum can overflow with the weights of now, whatever the images. Beyond that, maxima would hide a NaN that libtorch
    /// shows.
    /// </summary>
    public bool IsInRange()
    {
        double largest = LargestInput;
        for (int i = 0; i < modules.Length; i++)
        {
            Span<float> bias = Bias(i) is { } values ? Floats(values) : [];
            using Tensor filters = Filters(i);
            largest = (largest * LargestSum(Floats(filters), stack.Shapes[i].Filters)) + LargestSum(bias, bias.Length);
        }
        return largest < LargestValue; // false for NaN too
    }

    /// <summary>
    /// Computes the output for a batch: a tensor whose gradient <see cref="Backward(Tensor)"/> continues from, or that has none where all
    /// weights rest. It is valid until the next call.
    /// </summary>
    /// <param name="images">The batch, NxCxHxW or NxCxL, float32.</param>
    public Tensor Forward(Tensor images)
    {
        int count = (int)images.shape[0];
        FusedConvShape last = stack.Shapes[^1];
        for (int i = 0; i < modules.Length; i++)
        {
            using Tensor filters = Filters(i);
            stack.SetWeights(i, Floats(filters), Bias(i) is { } bias ? Floats(bias) : []);
        }
        Tensor values = output.narrow(0, 0, count * last.Pooled);
        stack.Forward(Floats(ChannelsLast(images).contiguous()), values.bytes);
        values = values.view(count, last.PooledHeight, last.PooledWidth, last.Filters).permute(0, 3, 1, 2);
        bool learns = modules.SelectMany(module => module.Parameters).Any(parameter => parameter.Value.requires_grad);
        return (isSignal ? values.squeeze(2) : values).detach().requires_grad_(learns);
    }

    /// <summary>Computes the gradients of the batch that was computed last, and adds those of the weights to the network's.</summary>
    /// <param name="gradient">The gradient of the output.</param>
    public void Backward(Tensor gradient)
    {
        using var noGradients = no_grad();
        stack.Backward(ChannelsLast(gradient).contiguous().bytes);
        for (int i = 0; i < modules.Length; i++)
        {
            FusedConvShape shape = stack.Shapes[i];
            Tensor filters = empty([shape.Filters, shape.KernelHeight, shape.KernelWidth, shape.Channels]);
            Tensor? sums = Bias(i) is null ? null : empty(shape.Filters);
            stack.CopyGradients(i, Floats(filters), sums is null ? [] : Floats(sums));
            filters = filters.permute(0, 3, 1, 2);
            Add(Weight(i), isSignal ? filters.squeeze(2) : filters);
            if (sums is not null)
            {
                Add(Bias(i)!, sums);
            }
        }
    }

    /// <summary>Computes one block for an image of the batch that was computed last.</summary>
    /// <param name="block">The index of the block.</param>
    /// <param name="image">The index of the image in the batch.</param>
    public void Forward(int block, int image) => stack.Forward(block, image);

    /// <summary>Computes the gradients of one block for an image of the batch that was computed last.</summary>
    /// <param name="block">The index of the block.</param>
    /// <param name="image">The index of the image in the batch.</param>
    public void Backward(int block, int image) => stack.Backward(block, image);

    /// <inheritdoc />
    public void Dispose()
    {
        output.Dispose();
        stack.Dispose();
    }

    /// <summary>Returns the greatest sum of magnitudes of a part; NaN where there is one.</summary>
    private static double LargestSum(ReadOnlySpan<float> values, int parts)
    {
        double largest = 0;
        int size = parts == 0 ? 0 : values.Length / parts;
        for (int part = 0; part < parts; part++)
        {
            ReadOnlySpan<float> own = values.Slice(part * size, size);
            ReadOnlySpan<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(own);
            Vector<float> sums = Vector<float>.Zero;
            foreach (Vector<float> vector in vectors)
            {
                sums += Vector.Abs(vector);
            }
            double sum = Vector.Sum(sums);
            foreach (float value in own[(vectors.Length * Vector<float>.Count)..])
            {
                sum += Math.Abs(value);
            }
            largest = Math.Max(largest, sum);
        }
        return largest;
    }

    private static Span<float> Floats(Tensor values) => MemoryMarshal.Cast<byte, float>(values.bytes);

    private static Tensor ChannelsLast(Tensor values) => values.Dimensions == 3 ? values.permute(0, 2, 1) : values.permute(0, 2, 3, 1);

    private static void Add(Tensor value, Tensor gradient)
    {
        if (!value.requires_grad)
        {
            return; // frozen
        }
        if (value.grad is Tensor sum)
        {
            sum.AddInPlace(gradient);
        }
        else
        {
            value.grad = gradient;
        }
    }

    /// <summary>Returns a block's filters pixel by pixel: a handle that the caller keeps as long as it reads their memory.</summary>
    private Tensor Filters(int block) => ChannelsLast(Weight(block)).contiguous();

    private Tensor Weight(int block) => modules[block].Parameters[0].Value;

    private Tensor? Bias(int block) => modules[block].Parameters.ElementAtOrDefault(1)?.Value;
}
