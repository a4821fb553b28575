using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Numerics;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Layers.Convolution;

/// <summary>
/// A convolution in three dimensions as a sum of convolutions in two: one for each slice of the kernel, over all frames at once. It is
/// right where oneDNN's own operator is not (see <see cref="ConvolutionAlgorithms"/>), and quicker than tap by tap.
/// </summary>
internal static class ConvolutionBySlices
{
    /// <summary>Computes on a batch (images, channels, depth, height, width).</summary>
    public static Tensor Compute(Tensor input, Tensor weight, Tensor? bias, ConvolutionShape shape)
    {
        long before = shape.Padding[0],
            stride = shape.Stride[0],
            dilation = shape.Dilation[0];
        Tensor padded = before == 0 ? input : nn.functional.pad(input, [0, 0, 0, 0, before, before]);
        long frames = (padded.shape[2] - dilation * (weight.shape[2] - 1) - 1) / stride + 1;
        var flat = new ConvolutionShape(shape.Stride[1..], shape.Padding[1..], shape.Dilation[1..], shape.Groups);
        Tensor? sum = null;
        for (long slice = 0; slice < weight.shape[2]; slice++)
        {
            long first = slice * dilation;
            Tensor seen = padded.slice(2, first, first + (frames - 1) * stride + 1, stride).transpose(1, 2).flatten(0, 1);
            Tensor part = ConvolutionAlgorithms.ByLibrary(seen, weight.select(2, slice), slice == 0 ? bias : null, flat);
            sum = sum is null ? part : sum.Plus(part);
        }
        return ChannelsLast.Ensure(sum!.unflatten(0, [input.shape[0], frames]).transpose(1, 2));
    }
}
