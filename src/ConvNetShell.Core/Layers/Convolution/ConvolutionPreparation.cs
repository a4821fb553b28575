using System.Collections.Concurrent;
using System.Runtime.Intrinsics.X86;
using TorchSharp;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Layers.Convolution;

/// <summary>
/// Has oneDNN make what a convolution needs by one thread at a time. Where two threads make the gradient of an input in float32 at once,
/// windows of more than one value and stride 1, oneDNN 3.7.1 ends the process or computes other numbers than usual. What has been made is
/// kept, and may be used by all threads.
/// </summary>
internal static class ConvolutionPreparation
{
    private static readonly ConcurrentDictionary<string, bool> Ready = new(StringComparer.Ordinal);
    private static readonly Lock Gate = new();

    /// <summary>Prepares the gradient of the input, if it will be asked for.</summary>
    /// <param name="input">The padded input, channels last.</param>
    /// <param name="weight">The filters.</param>
    /// <param name="shape">How the window moves.</param>
    /// <param name="convolve">Computes the convolution by libtorch.</param>
    public static void OfGradient(Tensor input, Tensor weight, ConvolutionShape shape, ConvolutionAlgorithms.Operator convolve)
    {
        if (input.requires_grad && is_grad_enabled() && Concerns(input))
        {
            Once(Key("gradient", input, weight, shape), () => Differentiate(input, weight, shape, convolve));
        }
    }

    /// <summary>Computes a transposed convolution, which is the gradient of one.</summary>
    /// <param name="input">The input, channels last.</param>
    /// <param name="weight">The filters.</param>
    /// <param name="bias">The biases.</param>
    /// <param name="shape">How the window moves.</param>
    /// <param name="convolve">Computes it by libtorch.</param>
    public static Tensor Transposed(
        Tensor input,
        Tensor weight,
        Tensor? bias,
        ConvolutionShape shape,
        ConvolutionAlgorithms.Operator convolve
    )
    {
        if (Concerns(input))
        {
            Once(
                Key("transposed", input, weight, shape),
                () =>
                {
                    using var noGradients = no_grad();
                    convolve(input, weight, bias, shape).Dispose();
                }
            );
        }
        return convolve(input, weight, bias, shape);
    }

    private static bool Concerns(Tensor input) =>
        X86Base.IsSupported && input.device.type == DeviceType.CPU && input.dtype == ScalarType.Float32;

    // what oneDNN keeps it by: it makes another one for each number of threads
    private static string Key(string kind, Tensor input, Tensor weight, ConvolutionShape shape) =>
        $"{kind} {string.Join('x', input.shape)} {input.is_contiguous()} {string.Join('x', weight.shape)} {shape.Key} {get_num_threads()}";

    private static void Once(string key, Action make)
    {
        if (Ready.ContainsKey(key))
        {
            return;
        }
        lock (Gate)
        {
            if (!Ready.ContainsKey(key))
            {
                using var scope = NewDisposeScope();
                make();
                Ready[key] = true;
            }
        }
    }

    private static void Differentiate(Tensor input, Tensor weight, ConvolutionShape shape, ConvolutionAlgorithms.Operator convolve)
    {
        Tensor output = convolve(input.detach().requires_grad_(), weight.detach(), null, shape);
        output.backward([ones_like(output)]);
    }
}
