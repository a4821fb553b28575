using ConvNetShell.Core.Layers.Initializers;
using ConvNetShell.Core.Layers.Windows;
using ConvNetShell.Core.Numerics;
using ConvNetShell.FusedKernels;
using ConvNetShell.FusedKernels.Columns;
using ConvNetShell.FusedKernels.Direct;
using ConvNetShell.FusedKernels.Direct.Planes;
using ConvNetShell.FusedKernels.Winograd;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Layers.Convolution;

/// <summary>
/// The live convolution. One dimension is computed as a picture of height one, which the same operators are fast and right for.
/// </summary>
internal sealed class ConvModule : LayerModule
{
    private const int LeastChannels = 16, // a vector; minimal filtering of fewer was not measured
        MostSteppedWeights = 64 * 64 * 3 * 3, // with more, oneDNN is as quick
        ManyChannels = 32; // with as many it computes at twice the rate of a fused block
    private readonly NamedTensor weight;
    private readonly NamedTensor? bias;
    private readonly ConvolutionShape shape;
    private readonly SpatialPadding padding;
    private readonly bool signal;
    private readonly ConvolutionAlgorithms.Operator convolve;
    private readonly Shape input;
    private readonly ColumnShape? stepped; // none where its windows move by one pixel, or libtorch is quicker
    private Lazy<bool> reducible;

    public ConvModule(ConvSpec spec, Shape input, WeightInitializer start)
    {
        this.input = input;
        int dimensions = spec.Dimensions;
        long channels = input.Channels / spec.Groups;
        long[] size = [spec.Filters, channels, .. spec.Window.Kernel.Expand(dimensions).Select(k => (long)k)];
        weight = new NamedTensor(
            "weight",
            start.For(spec.Initializer).Weights(size, channels * spec.KernelArea, spec.Filters / spec.Groups * spec.KernelArea, spec.Groups)
        );
        bias = spec.Bias ? new NamedTensor("bias", WeightInitializer.Constant(spec.Filters, 0)) : null;
        Parameters = bias is null ? [weight] : [weight, bias];
        padding = new SpatialPadding(spec.Window.Pads(input));
        shape = new ConvolutionShape(
            [.. spec.Window.Stride.Expand(dimensions)],
            padding.Symmetric,
            [.. spec.Window.Dilation.Expand(dimensions)],
            spec.Groups
        );
        long[] padded = padding.PaddedShape(input);
        signal = dimensions == 1;
        if (signal)
        {
            shape = shape.Lifted;
            padded = [padded[0], padded[1], 1, padded[2]];
            size = [size[0], size[1], 1, size[2]];
        }
        convolve = ConvolutionAlgorithms.Choose(padded, size, shape);
        Minimal = MinimalShape(size);
        stepped = SteppedShape(size);
        reducible = new Lazy<bool>(() => ConvolutionAlgorithms.IsRightReduced(padded, size, shape, convolve));
    }

    /// <summary>Gets a value indicating whether minimal filtering takes less time in float32 than a fused block.</summary>
    public bool SuitsMinimalFiltering =>
        Minimal is { Channels: >= ManyChannels, Filters: >= ManyChannels } && OwnConvolution.IsSupported(CPU);

    /// <summary>Gets the sizes for minimal filtering; none where the windows are not of 3x3 pixels, or libtorch is quicker.</summary>
    public WinogradShape? Minimal { get; }

    public override IReadOnlyList<NamedTensor> Parameters { get; }

    public override bool SupportsBFloat16 => true;

    public override bool MakesNewNumbers => true;

    public override void CopyChecksFrom(LayerModule other) => reducible = ((ConvModule)other).reducible;

    /// <summary>
    /// Returns the fused block for this convolution and the pooling and ReLU after it, or <see langword="null"/> if it cannot be fused.
    /// </summary>
    /// <param name="pool">The rows and columns of the pooling windows after it; 1 for none.</param>
    /// <param name="hasRelu">Whether a ReLU follows.</param>
    public FusedConvShape? FusedShape((int Rows, int Columns) pool, bool hasRelu)
    {
        bool isPlain =
            input.Count is 2 or 3 && padding.IsEven && shape.Groups == 1 && shape.Stride.Concat(shape.Dilation).All(step => step == 1);
        bool isTrained = Parameters.All(parameter => parameter is { IsFrozen: false, Value.dtype: ScalarType.Float32 });
        if (!isPlain || !isTrained)
        {
            return null;
        }
        int[] kernel = [.. weight.Value.shape[2..].Select(size => (int)size)],
            pads = [.. shape.Padding.Select(zeros => (int)zeros)];
        return new FusedConvShape(
            input.Channels,
            signal ? 1 : input[1],
            input[^1],
            (int)weight.Value.shape[0],
            signal ? 1 : kernel[0],
            kernel[^1],
            pads[0],
            pads[1],
            pool.Rows,
            pool.Columns,
            hasRelu
        );
    }

    public override bool AddTo(DirectBuilder program)
    {
        int[] sizes = [.. weight.Value.shape.Select(size => (int)size)],
            stride = [.. shape.Stride.Select(step => (int)step)];
        bool isDepthwise = shape.Groups == input.Channels && sizes[0] == input.Channels;
        if ((shape.Groups != 1 && !isDepthwise) || shape.Dilation.Any(step => step != 1))
        {
            return false;
        }
        DirectWindow window = padding.Window(sizes[2..], stride[^(sizes.Length - 2)..]);
        float[] added = bias is null ? new float[sizes[0]] : bias.Value.ToFloats();
        using Tensor last = weight.Value.detach();
        using Tensor filters = last.movedim([1], [-1]);
        if (shape.Groups == 1)
        {
            program.Convolve(window, filters.ToFloats(), added);
        }
        else
        {
            program.ConvolveEach(window, filters.ToFloats(), added);
        }
        return true;
    }

    public override Tensor Forward(Tensor input, in ForwardContext context)
    {
        ScalarType type = context.Reduced && reducible.Value ? ScalarType.BFloat16 : weight.Value.dtype;
        Tensor images = input.to(type),
            filters = weight.Value.to(type);
        if (context.Scratch is { Length: > 0 } scratch && type == ScalarType.Float32 && ((IRowShape?)Minimal ?? stepped) is { } rows)
        {
            return OwnConvolution.Convolve(images, filters, bias?.Value, rows, scratch);
        }
        Tensor padded = padding.PadUneven(images, 0);
        return signal
            ? convolve(padded.unsqueeze(2), filters.unsqueeze(2), bias?.Value.to(type), shape).squeeze(2)
            : convolve(padded, filters, bias?.Value.to(type), shape);
    }

    private WinogradShape? MinimalShape(long[] size)
    {
        bool isPlain =
            input.Count == 3
            && padding.IsEven
            && shape.Groups == 1
            && size[2..].Concat(shape.Stride).Concat(shape.Dilation).SequenceEqual([3L, 3, 1, 1, 1, 1])
            && shape.Padding.All(zeros => zeros < 2)
            && input.Channels >= LeastChannels;
        return isPlain
            ? new WinogradShape(input.Channels, input[1], input[2], (int)size[0], (int)shape.Padding[0], (int)shape.Padding[1])
            : null;
    }

    private ColumnShape? SteppedShape(long[] size)
    {
        bool suits =
            input.Count == 3
            && shape.Groups == 1
            && size[2..].SequenceEqual([3L, 3])
            && shape.Dilation.All(step => step == 1)
            && shape.Stride.Any(step => step > 1)
            && input.Channels >= LeastChannels
            && size[0] % LeastChannels == 0
            && size.Aggregate((product, length) => product * length) <= MostSteppedWeights;
        return suits
            ? new ColumnShape(
                input.Channels,
                input[1],
                input[2],
                (int)size[0],
                padding.Window([3, 3], [(int)shape.Stride[0], (int)shape.Stride[1]])
            )
            : null;
    }
}
