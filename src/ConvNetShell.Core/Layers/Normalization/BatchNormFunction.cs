using System.Runtime.Intrinsics;
using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Numerics;
using ConvNetShell.FusedKernels.Normalization;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Layers.Normalization;

/// <summary>
/// Batch normalization in training on the processor, with the ReLU after it if there is one. libtorch's own takes its
/// statistics from what it is given, which may be a part of the batch here.
/// </summary>
internal sealed class BatchNormFunction : autograd.SingleTensorFunction<BatchNormFunction>
{
    private const string Norm = "norm",
        Part = "part";

    /// <inheritdoc />
    public override string Name => nameof(BatchNormFunction);

    /// <summary>Gets a value indicating whether this machine has vectors for it.</summary>
    public static bool IsSupported => Vector256.IsHardwareAccelerated;

    /// <summary>Returns whether a batch can be computed here.</summary>
    /// <param name="batch">The batch, NxC, NxCxL, NxCxHxW or NxCxDxHxW.</param>
    public static bool Takes(Tensor batch) =>
        IsSupported && batch.device.type == TorchSharp.DeviceType.CPU && batch.dtype is ScalarType.BFloat16 or ScalarType.Float32;

    /// <summary>Returns the batch pixel by pixel.</summary>
    /// <param name="batch">A batch that <see cref="Takes"/> takes.</param>
    public static Tensor Rows(Tensor batch) => batch.permute(ToRows(batch.shape.Length)).contiguous();

    /// <summary>Measures the channels of a batch.</summary>
    /// <param name="rows">The batch, pixel by pixel.</param>
    public static ChannelMoments Measure(Tensor rows) =>
        FusedBatchNorm.Measure(rows.Address(), rows.numel(), (int)rows.shape[^1], IsBFloat16(rows));

    /// <summary>Normalizes a batch or a part of it.</summary>
    /// <param name="rows">The values, pixel by pixel.</param>
    /// <param name="scale">The scales, which <paramref name="norm"/> knows too.</param>
    /// <param name="shift">The shifts, which it knows too.</param>
    /// <param name="norm">What the whole batch needs.</param>
    /// <param name="part">Which part it is; none for the whole.</param>
    public static Tensor Normalize(Tensor rows, Tensor scale, Tensor shift, FusedBatchNorm norm, BatchPart? part) =>
        apply(rows, scale, shift, norm, part!).permute(FromRows(rows.shape.Length));

    /// <inheritdoc />
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var rows = (Tensor)vars[0];
        var norm = (FusedBatchNorm)vars[3];
        Tensor output = empty_like(rows);
        norm.Normalize(rows.Address(), rows.numel(), IsBFloat16(rows), output.Address());
        ctx.save_for_backward([rows]);
        ctx.save_data(Norm, norm);
        ctx.save_data(Part, vars[4]);
        return output;
    }

    /// <inheritdoc />
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) =>
        OwnGradients.Of(
            arguments: 5,
            () =>
            {
                using Tensor rows = ctx.get_saved_variables()[0],
                    given = grad_output, // a handle of our own, as is the one before
                    converted = given.to(rows.dtype),
                    gradients = converted.contiguous();
                return Gradients(rows, gradients, (FusedBatchNorm)ctx.get_data(Norm), (BatchPart?)ctx.get_data(Part));
            }
        );

    private static Tensor[] Gradients(Tensor rows, Tensor gradients, FusedBatchNorm norm, BatchPart? part)
    {
        bool isBFloat16 = IsBFloat16(rows);
        BatchNormSums own = norm.SumGradients(rows.Address(), gradients.Address(), rows.numel(), isBFloat16);
        BatchNormSums? all = part is null ? own : part.Join(own, (one, other) => one.With(other));
        if (all is null)
        {
            return []; // another part has failed, which is said where it did
        }
        Tensor input = empty_like(rows);
        norm.InputGradients(all).Compute(rows.Address(), gradients.Address(), rows.numel(), isBFloat16, input.Address());
        // the gradients of all parts are added up later
        return [input, tensor(norm.ScaleGradients(own)), tensor([.. own.Gradients.Select(sum => (float)sum)])];
    }

    private static bool IsBFloat16(Tensor rows) => rows.dtype == ScalarType.BFloat16;

    private static long[] ToRows(int dimensions) => [0, .. Enumerable.Range(2, dimensions - 2).Select(i => (long)i), 1];

    private static long[] FromRows(int dimensions) => [0, dimensions - 1, .. Enumerable.Range(1, dimensions - 2).Select(i => (long)i)];
}
