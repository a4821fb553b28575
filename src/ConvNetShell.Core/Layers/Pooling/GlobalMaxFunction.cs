using ConvNetShell.Core.Layers.Convolution;
using ConvNetShell.Core.Numerics;
using ConvNetShell.FusedKernels.Chains;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Layers.Pooling;

/// <summary>
/// The largest value of each channel in training on the processor, in float32. libtorch's operator goes through the positions of one
/// channel after the other, which lie far apart, and took a third of the time that the layers of Conv1D took.
/// </summary>
internal sealed class GlobalMaxFunction : autograd.SingleTensorFunction<GlobalMaxFunction>
{
    private const string Sizes = "sizes";

    /// <inheritdoc />
    public override string Name => nameof(GlobalMaxFunction);

    /// <summary>Returns whether a batch can be computed here.</summary>
    /// <param name="batch">The batch, NxC and one to three more dimensions.</param>
    public static bool Takes(Tensor batch) =>
        batch.dtype == ScalarType.Float32
        && OwnConvolution.IsSupported(batch.device)
        && MaxPooling.Takes((int)batch.shape[1])
        && batch.numel() is > 0 and <= int.MaxValue / sizeof(float);

    /// <summary>Returns the largest values, NxC.</summary>
    /// <param name="batch">A batch that <see cref="Takes"/> takes.</param>
    public static Tensor Pool(Tensor batch) => apply(batch.flatten(2).transpose(1, 2).contiguous());

    /// <inheritdoc />
    public override unsafe Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var rows = (Tensor)vars[0];
        long[] sizes = rows.shape;
        Tensor largest = empty([sizes[0], sizes[2]]),
            positions = empty(largest.shape, ScalarType.Int32);
        Windows(sizes)
            .Find(OwnConvolution.Address(rows), (int)sizes[0], OwnConvolution.Address(largest), (int*)OwnConvolution.Address(positions));
        ctx.save_for_backward([positions]);
        ctx.save_data(Sizes, sizes);
        return largest;
    }

    /// <inheritdoc />
    public override unsafe List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) =>
        OwnGradients.Of(
            arguments: 1,
            () =>
            {
                using Tensor positions = ctx.get_saved_variables()[0],
                    given = grad_output, // a handle of our own, as is the one before
                    gradient = given.contiguous();
                long[] sizes = (long[])ctx.get_data(Sizes);
                Tensor rows = empty(sizes);
                Windows(sizes)
                    .Route(
                        OwnConvolution.Address(gradient),
                        (int*)OwnConvolution.Address(positions),
                        (int)sizes[0],
                        OwnConvolution.Address(rows)
                    );
                return [rows];
            }
        );

    private static MaxPooling Windows(long[] sizes) => new(1, (int)sizes[1], (int)sizes[2], 1, (int)sizes[1]);
}
