using ConvNetShell.Core.Layers.Convolution;
using ConvNetShell.Core.Numerics;
using ConvNetShell.FusedKernels.Chains;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Layers.Blocks;

/// <summary>
/// Takes the values at every so many places and puts zero channels around theirs. libtorch's own gradient of a step through two dimensions
/// fills and copies the whole input once for each, and its padding copies twice: images in float32 on the processor go by a kernel.
/// </summary>
internal sealed class ChannelPadFunction : autograd.SingleTensorFunction<ChannelPadFunction>
{
    private const string Spec = "spec";

    /// <inheritdoc />
    public override string Name => nameof(ChannelPadFunction);

    /// <summary>Computes a batch in training.</summary>
    /// <param name="input">The batch, NxC and one to three more dimensions.</param>
    /// <param name="stride">The step of each of these.</param>
    /// <param name="before">The channels of zeros before those of the input.</param>
    /// <param name="channels">The channels of the output.</param>
    public static Tensor Pad(Tensor input, int[] stride, long before, long channels) => apply(input, stride, before, channels);

    /// <summary>Computes a batch by libtorch's operators.</summary>
    /// <param name="input">The batch, NxC and one to three more dimensions.</param>
    /// <param name="stride">The step of each of these.</param>
    /// <param name="before">The channels of zeros before those of the input.</param>
    /// <param name="channels">The channels of the output.</param>
    public static Tensor PadByLibrary(Tensor input, int[] stride, long before, long channels) =>
        nn.functional.pad(Read(input, stride), [.. Enumerable.Repeat(0L, 2 * stride.Length), before, channels - before - input.shape[1]]);

    /// <inheritdoc />
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        Tensor input = (Tensor)vars[0];
        int[] stride = (int[])vars[1];
        (long before, long channels) = ((long)vars[2], (long)vars[3]);
        ctx.save_data(Spec, (input.shape, stride, before, channels));
        return IsPlain(input) ? Forward(input, stride, before, channels) : PadByLibrary(input, stride, before, channels);
    }

    /// <inheritdoc />
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) =>
        OwnGradients.Of(
            arguments: 4,
            () =>
            {
                using Tensor given = grad_output; // a handle of our own
                using var noGradients = no_grad();
                var (shape, stride, before, channels) = ((long[], int[], long, long))ctx.get_data(Spec);
                using var scope = NewDisposeScope();
                Tensor gradient = IsPlain(given)
                    ? Backward(given, shape, stride, before, channels)
                    : BackwardByLibrary(given, shape, stride, before);
                return [gradient.MoveToOuterDisposeScope()];
            }
        );

    private static bool IsPlain(Tensor images) =>
        images.dim() == 4
        && images.dtype == ScalarType.Float32
        && images.device.type == TorchSharp.DeviceType.CPU
        && images.permute(0, 2, 3, 1).is_contiguous();

    private static ChannelPadding Kernel(long[] shape, int[] stride, long before, long channels) =>
        new((int)shape[2], (int)shape[3], (int)shape[1], (stride[0], stride[1]), (int)before, (int)channels);

    private static unsafe Tensor Forward(Tensor input, int[] stride, long before, long channels)
    {
        ChannelPadding kernel = Kernel(input.shape, stride, before, channels);
        Tensor output = empty([input.shape[0], kernel.Height, kernel.Width, channels]);
        kernel.Forward(OwnConvolution.Address(input.permute(0, 2, 3, 1)), (int)input.shape[0], OwnConvolution.Address(output));
        return output.permute(0, 3, 1, 2);
    }

    private static unsafe Tensor Backward(Tensor given, long[] shape, int[] stride, long before, long channels)
    {
        Tensor rows = empty([shape[0], shape[2], shape[3], shape[1]]);
        Kernel(shape, stride, before, channels)
            .Backward(OwnConvolution.Address(given.permute(0, 2, 3, 1)), (int)shape[0], OwnConvolution.Address(rows));
        return rows.permute(0, 3, 1, 2);
    }

    private static Tensor BackwardByLibrary(Tensor given, long[] shape, int[] stride, long before)
    {
        Tensor rows = zeros([shape[0], .. shape[2..], shape[1]], given.dtype, device: given.device),
            input = rows.permute([0, shape.Length - 1, .. Enumerable.Range(1, shape.Length - 2).Select(d => (long)d)]);
        Read(input, stride).copy_(given.narrow(1, before, shape[1]));
        return input;
    }

    private static Tensor Read(Tensor input, int[] stride)
    {
        Tensor read = input;
        for (int d = 0; d < stride.Length; d++)
        {
            read = stride[d] == 1 ? read : read.slice(d + 2, 0, read.shape[d + 2], stride[d]);
        }
        return read;
    }
}
