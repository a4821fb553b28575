using ConvNetShell.Core.Compute;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Layers.Convolution;

/// <summary>
/// Filters of one value (1x1) as one product of matrices over the channels. oneDNN's own operator divides by zero, and ends the process, on
/// some virtual processors (1,024 filters over 512x4x4).
/// </summary>
internal static class ConvolutionByProduct
{
    /// <summary>Computes on a batch, with a stride of 1 and without padding.</summary>
    public static Tensor Compute(Tensor input, Tensor weight, Tensor? bias)
    {
        Tensor rows = ChannelsLast.Ensure(input).movedim([1], [-1]);
        (Tensor values, Tensor columns) = (rows.reshape(-1, input.shape[1]), weight.flatten(1).transpose(0, 1));
        Tensor product = bias is null ? values.mm(columns) : addmm(bias, values, columns, 1, 1);
        return product.reshape([.. rows.shape[..^1], weight.shape[0]]).movedim([-1], [1]);
    }
}
