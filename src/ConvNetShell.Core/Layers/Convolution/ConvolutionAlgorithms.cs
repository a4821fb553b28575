using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Numerics;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Layers.Convolution;

/// <summary>
/// The convolution operators in the form that is correct on this machine. oneDNN, which libtorch computes with, gives wrong
/// numbers on some virtual processors: its reorder to blocked layouts leaves memory unwritten where channels do not fill a block.
/// Channels-last tensors avoid nearly all of that. A layer that <see cref="ConvolutionCheck"/> still finds wrong is computed tap by tap
/// with products of matrices, which is slower and needs no oneDNN.
/// </summary>
internal static class ConvolutionAlgorithms
{
    /// <summary>The filters of a block in oneDNN.</summary>
    public const int Block = 16;

    /// <summary>Computes on a batch whose asymmetric padding is already in the input.</summary>
    public delegate Tensor Operator(Tensor input, Tensor weight, Tensor? bias, ConvolutionShape shape);

    /// <summary>Returns the operator for a convolution in two or three dimensions.</summary>
    /// <param name="input">The padded input of a batch of two or more, channels first.</param>
    /// <param name="weight">The filters' shape: filters, channels of a group, kernel.</param>
    /// <param name="shape">How the window moves.</param>
    public static Operator Choose(long[] input, long[] weight, ConvolutionShape shape) =>
        ConvolutionCheck.IsRight(new(input, weight, shape), ByLibrary, ByTaps) ? ByLibrary : ByTaps;

    /// <summary>Returns whether an operator is correct in bfloat16, up to the rounding of bfloat16.</summary>
    /// <param name="input">The padded input of a batch of two or more, channels first.</param>
    /// <param name="weight">The filters' shape: filters, channels of a group, kernel.</param>
    /// <param name="shape">How the window moves.</param>
    /// <param name="candidate">The operator.</param>
    public static bool IsRightReduced(long[] input, long[] weight, ConvolutionShape shape, Operator candidate) =>
        candidate == ByLibrary && ConvolutionCheck.IsRight(new(input, weight, shape, IsReduced: true), Reduced, ByTaps);

    /// <summary>Returns the operator for a transposed convolution in two or three dimensions.</summary>
    /// <param name="input">The input of a batch of two or more, channels first.</param>
    /// <param name="weight">The filters' shape: input channels, filters of a group, kernel.</param>
    /// <param name="shape">How the window moves.</param>
    public static Operator ChooseTransposed(long[] input, long[] weight, ConvolutionShape shape) =>
        ConvolutionCheck.IsRight(new(input, weight, shape, IsTransposed: true), TransposedByLibrary, TransposedByTaps)
            ? TransposedByLibrary
            : TransposedByTaps;

    /// <summary>Computes by libtorch's own operator, channels last.</summary>
    public static Tensor ByLibrary(Tensor input, Tensor weight, Tensor? bias, ConvolutionShape shape)
    {
        if (IsPointwise(weight) && !shape.IsPlain)
        {
            // oneDNN's 1x1 convolution with a stride writes outside its memory where there are fewer than 8 channels.
            (input, shape) = (Subsample(input, shape), shape.Unstrided);
        }
        if (IsPointwise(weight) && shape.Groups == 1)
        {
            return ConvolutionByProduct.Compute(input, weight, bias);
        }
        long filters = weight.shape[0],
            more = input.requires_grad && weight.shape[1] == 1 && shape.Groups == 1 ? (Block - (filters % Block)) % Block : 0;
        if (more > 0)
        {
            // With one channel oneDNN's gradient of the input reads unwritten memory where filters do not fill a block.
            Tensor padded = ByLibrary(input, AddZeros(weight, more), bias is null ? null : AddZeros(bias, more), shape);
            return ChannelsLast.Ensure(padded.narrow(1, 0, filters));
        }
        Tensor values = ChannelsLast.Ensure(input);
        ConvolutionPreparation.OfGradient(values, weight, shape, Convolve);
        return Convolve(values, weight, bias, shape);
    }

    /// <summary>Computes by libtorch's own transposed operator, channels last.</summary>
    public static Tensor TransposedByLibrary(Tensor input, Tensor weight, Tensor? bias, ConvolutionShape shape) =>
        ConvolutionPreparation.Transposed(ChannelsLast.Ensure(input), weight, bias, shape, ConvolveTransposed);

    /// <summary>Computes as a sum over the values of the window, each a product of matrices over the channels.</summary>
    public static Tensor ByTaps(Tensor input, Tensor weight, Tensor? bias, ConvolutionShape shape)
    {
        long[] kernel = weight.shape[2..];
        Tensor padded = Pad(input, shape);
        long[] size = [.. kernel.Select((k, d) => (padded.shape[d + 2] - shape.Dilation[d] * (k - 1) - 1) / shape.Stride[d] + 1)];
        long batch = input.shape[0],
            filters = weight.shape[0],
            groups = shape.Groups;
        Tensor grouped = weight.reshape([1, groups, filters / groups, weight.shape[1], -1]);
        Tensor? output = null;
        foreach ((int tap, long[] offset) in Taps(kernel))
        {
            using var one = NewDisposeScope(); // the values of all taps together are many times the output
            Tensor seen = Slice(padded, offset, size, shape).reshape(batch, groups, weight.shape[1], -1);
            Tensor part = einsum("gfc,bgcn->bgfn", grouped.select(4, tap).squeeze(0), seen);
            using Tensor? before = output;
            output = (before is null ? part : before.Plus(part)).MoveToOuterDisposeScope();
        }
        return Finish(output!.reshape([batch, filters, .. size]), bias);
    }

    /// <summary>Computes the transposed operator by its definition: every input value adds a scaled filter to the output.</summary>
    public static Tensor TransposedByTaps(Tensor input, Tensor weight, Tensor? bias, ConvolutionShape shape)
    {
        long[] kernel = weight.shape[2..],
            size = input.shape[2..];
        long[] whole = [.. kernel.Select((k, d) => (size[d] - 1) * shape.Stride[d] + shape.Dilation[d] * (k - 1) + 1)];
        long batch = input.shape[0],
            groups = shape.Groups,
            channels = input.shape[1] / groups,
            filters = weight.shape[1];
        Tensor values = input.reshape(batch, groups, channels, -1);
        Tensor grouped = weight.reshape(1, groups, channels, filters, -1);
        Tensor output = zeros([batch, groups * filters, .. whole], input.dtype, input.device);
        foreach ((int tap, long[] offset) in Taps(kernel))
        {
            using var one = NewDisposeScope();
            Tensor part = einsum("gcf,bgcn->bgfn", grouped.select(4, tap).squeeze(0), values).reshape([batch, groups * filters, .. size]);
            Slice(output, offset, size, shape).AddInPlace(part);
        }
        Tensor cut = output;
        for (int d = 0; d < kernel.Length; d++)
        {
            cut = cut.narrow(d + 2, shape.Padding[d], whole[d] - 2 * shape.Padding[d]);
        }
        return Finish(cut, bias);
    }

    private static Tensor Convolve(Tensor input, Tensor weight, Tensor? bias, ConvolutionShape shape) =>
        shape.Stride.Length == 2
            ? nn.functional.conv2d(input, weight, bias, shape.Stride, shape.Padding, shape.Dilation, shape.Groups)
            : nn.functional.conv3d(input, weight, bias, shape.Stride, shape.Padding, shape.Dilation, shape.Groups);

    private static Tensor ConvolveTransposed(Tensor input, Tensor weight, Tensor? bias, ConvolutionShape shape) =>
        shape.Stride.Length == 2
            ? nn.functional.conv_transpose2d(
                input,
                weight,
                bias,
                shape.Stride,
                shape.Padding,
                dilation: shape.Dilation,
                groups: shape.Groups
            )
            : nn.functional.conv_transpose3d(
                input,
                weight,
                bias,
                shape.Stride,
                shape.Padding,
                dilation: shape.Dilation,
                groups: shape.Groups
            );

    private static Tensor Finish(Tensor output, Tensor? bias) =>
        ChannelsLast.Ensure(bias is null ? output : output.Plus(bias.reshape([1, -1, .. Enumerable.Repeat(1L, (int)output.dim() - 2)])));

    private static Tensor AddZeros(Tensor values, long more) =>
        cat([values, zeros([more, .. values.shape[1..]], values.dtype, values.device)], 0);

    private static bool IsPointwise(Tensor weight) => weight.shape.AsSpan(2).IndexOfAnyExcept(1) < 0;

    private static Tensor Pad(Tensor input, ConvolutionShape shape) =>
        nn.functional.pad(input, [.. shape.Padding.Reverse().SelectMany(zeros => new[] { zeros, zeros })]);

    /// <summary>Returns the positions of the padded input that a window of one value reads.</summary>
    private static Tensor Subsample(Tensor input, ConvolutionShape shape)
    {
        Tensor read = Array.TrueForAll(shape.Padding, zeros => zeros == 0) ? input : Pad(input, shape);
        for (int d = 0; d < shape.Stride.Length; d++)
        {
            read = read.slice(d + 2, 0, read.shape[d + 2], shape.Stride[d]);
        }
        return read;
    }

    /// <summary>Returns the values that one tap of the window reads at all positions.</summary>
    private static Tensor Slice(Tensor tensor, long[] offset, long[] size, ConvolutionShape shape)
    {
        Tensor slice = tensor;
        for (int d = 0; d < offset.Length; d++)
        {
            long start = offset[d] * shape.Dilation[d];
            slice = slice.slice(d + 2, start, start + (size[d] - 1) * shape.Stride[d] + 1, shape.Stride[d]);
        }
        return slice;
    }

    private static IEnumerable<(int Tap, long[] Offset)> Taps(long[] kernel)
    {
        long count = kernel.Aggregate(1L, (product, k) => product * k);
        for (int tap = 0; tap < count; tap++)
        {
            var offset = new long[kernel.Length];
            long rest = tap;
            for (int d = kernel.Length - 1; d >= 0; d--)
            {
                (rest, offset[d]) = Math.DivRem(rest, kernel[d]);
            }
            yield return (tap, offset);
        }
    }

    private static Tensor Reduced(Tensor input, Tensor weight, Tensor? bias, ConvolutionShape shape) =>
        ByLibrary(input.to(ScalarType.BFloat16), weight.to(ScalarType.BFloat16), bias?.to(ScalarType.BFloat16), shape)
            .to(ScalarType.Float32);
}
