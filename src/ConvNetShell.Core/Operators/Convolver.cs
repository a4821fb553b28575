using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Compute.Native;
using ConvNetShell.Core.Errors;
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
    private const double OutputsAtOnce = 2e6;

    /// <summary>Computes a convolution. A NaN or an infinity of the input reaches those outputs whose window meets it.</summary>
    /// <param name="problem">The input and the kernels.</param>
    /// <param name="stop">Ends the work after the present strip of about two million outputs.</param>
    /// <returns>The output maps.</returns>
    /// <exception cref="MemoryShortageException">The output does not fit into the free memory.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static NumericArray Compute(ConvolutionProblem problem, CancellationToken stop = default)
    {
        const int outputCopies = 3; // the strips, their join, the result
        double outputs = problem.OutputSizes.Aggregate((double)problem.Kernels, (product, size) => product * size);
        FreeMemory.Require(
            $"An output of {string.Join('x', problem.ResultSizes)}",
            outputCopies * sizeof(double) * outputs,
            "Use less padding or a larger stride."
        );
        TorchLibrary.Open();
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        Tensor input = tensor(problem.Input.Data, Long([1, problem.Channels, .. problem.InputSizes]));
        Tensor weight = tensor(problem.Weights, Long([problem.Kernels, problem.ChannelsSeen, .. problem.KernelSizes]));
        double products = outputs / problem.Kernels * problem.Weights.Length;
        bool transform =
            products > ManyProducts
            && problem.KernelArea >= ManyTaps
            && problem.Window.Dilation.Equals(1)
            && problem.Input.Data.All(double.IsFinite) // the transform would spread one NaN or infinity over the whole output
            && problem.Weights.All(double.IsFinite);
        int rows = problem.OutputSizes[0],
            strip = (int)Math.Clamp(OutputsAtOnce / (outputs / rows), transform ? problem.Window.Span(0) : 1, rows);
        var strips = new List<Tensor>();
        for (int first = 0; first < rows; first += strip)
        {
            stop.ThrowIfCancellationRequested();
            strips.Add(Rows(problem, input, weight, first, Math.Min(strip, rows - first), transform));
        }
        Tensor output = strips.Count == 1 ? strips[0] : cat(strips, 2);
        return new NumericArray(output.Plus(problem.Options.Bias).contiguous().data<double>().ToArray(), problem.ResultSizes);
    }

    /// <summary>Computes some rows of the output, the positions of its first dimension.</summary>
    private static Tensor Rows(ConvolutionProblem problem, Tensor input, Tensor weight, int first, int count, bool transform)
    {
        using var scope = NewDisposeScope();
        (int Before, int After)[] pads = problem.Window.Pads(problem.Shape);
        long from = (long)first * problem.Window.Stride[0] - pads[0].Before,
            to = from + (long)(count - 1) * problem.Window.Stride[0] + problem.Window.Span(0);
        long low = Math.Clamp(from, 0, problem.InputSizes[0]),
            high = Math.Clamp(to, low, problem.InputSizes[0]);
        IEnumerable<long> zeros = pads.Skip(1).Reverse().SelectMany(pad => new long[] { pad.Before, pad.After });
        Tensor padded = nn.functional.pad(input.narrow(2, low, high - low), [.. zeros, low - from, to - high]);
        Tensor output = transform
            ? ByTransform(problem, padded, weight, [count, .. problem.OutputSizes[1..]])
            : ConvolutionAlgorithms.ByTaps(
                padded,
                weight,
                null,
                new ConvolutionShape(
                    Long(problem.Window.Stride.Expand(problem.Dimensions)),
                    new long[problem.Dimensions],
                    Long(problem.Window.Dilation.Expand(problem.Dimensions)),
                    problem.EachChannelAlone ? problem.Channels : 1
                )
            );
        return output.MoveToOuterDisposeScope();
    }

    /// <summary>A cross-correlation is a product of one spectrum with the conjugate of the other.</summary>
    private static Tensor ByTransform(ConvolutionProblem problem, Tensor input, Tensor weight, int[] outputSizes)
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
            output = output.slice(d + 2, 0, (long)(outputSizes[d] - 1) * stride + 1, stride);
        }
        return output;
    }

    private static long[] Long(int[] sizes) => [.. sizes.Select(size => (long)size)];
}
