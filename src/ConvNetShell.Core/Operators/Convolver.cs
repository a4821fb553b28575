using ConvNetShell.Core.Compute.Native;
using ConvNetShell.Core.Layers.Convolution;
using ConvNetShell.Core.Numerics;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Operators;

/// <summary>
/// Computes convolutions of arrays in double precision: tap by tap, or through the Fourier transform where kernel and input are large.
/// </summary>
public static class Convolver
{
    // From about here on the transform is faster; below, the sum of taps keeps small whole numbers exact.
    private const double ManyProducts = 2e8;
    private const int ManyTaps = 64;

    /// <summary>Computes a convolution. A NaN or an infinity of the input reaches those outputs whose window meets it.</summary>
    /// <param name="problem">The input and the kernels.</param>
    /// <returns>The output maps.</returns>
    public static NumericArray Compute(ConvolutionProblem problem)
    {
        TorchLibrary.Open();
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        (int Before, int After)[] pads = problem.Window.Pads(problem.Shape);
        Tensor input = tensor(problem.Input.Data, Long([1, problem.Channels, .. problem.InputSizes]));
        input = nn.functional.pad(input, [.. pads.Reverse().SelectMany(pad => new long[] { pad.Before, pad.After })]);
        Tensor weight = tensor(problem.Weights, Long([problem.Kernels, problem.ChannelsSeen, .. problem.KernelSizes]));
        long groups = problem.EachChannelAlone ? problem.Channels : 1;
        double products = (double)problem.OutputSizes.Aggregate(1L, (product, size) => product * size) * problem.Weights.Length;
        bool transform =
            products > ManyProducts
            && problem.KernelArea >= ManyTaps
            && problem.Window.Dilation.Equals(1)
            && problem.Input.Data.All(double.IsFinite) // the transform would spread one NaN or infinity over the whole output
            && problem.Weights.All(double.IsFinite);
        Tensor output = transform
            ? ByTransform(problem, input, weight)
            : ConvolutionAlgorithms.ByTaps(
                input,
                weight,
                null,
                new ConvolutionShape(
                    Long(problem.Window.Stride.Expand(problem.Dimensions)),
                    new long[problem.Dimensions],
                    Long(problem.Window.Dilation.Expand(problem.Dimensions)),
                    groups
                )
            );
        return new NumericArray(output.Plus(problem.Options.Bias).contiguous().data<double>().ToArray(), problem.ResultSizes);
    }

    /// <summary>A cross-correlation is a product of one spectrum with the conjugate of the other.</summary>
    private static Tensor ByTransform(ConvolutionProblem problem, Tensor input, Tensor weight)
    {
        long[] sizes = input.shape[2..];
        long[] axes = [.. Enumerable.Range(2, sizes.Length).Select(d => (long)d)];
        Tensor kernel = zeros([weight.shape[0], weight.shape[1], .. sizes], ScalarType.Float64),
            corner = kernel;
        for (int d = 0; d < sizes.Length; d++)
        {
            corner = corner.narrow(d + 2, 0, weight.shape[d + 2]);
        }
        corner.copy_(weight);
        Tensor field = fft.rfftn(input, dim: axes);
        Tensor product = problem.EachChannelAlone
            ? field.transpose(0, 1) * fft.rfftn(kernel, dim: axes).conj()
            : field * fft.rfftn(kernel, dim: axes).conj();
        Tensor output = fft.irfftn(product.sum(1, keepdim: true), sizes, axes);
        for (int d = 0; d < sizes.Length; d++)
        {
            int stride = problem.Window.Stride[d];
            output = output.slice(d + 2, 0, (long)(problem.OutputSizes[d] - 1) * stride + 1, stride);
        }
        return output;
    }

    private static long[] Long(int[] sizes) => [.. sizes.Select(size => (long)size)];
}
