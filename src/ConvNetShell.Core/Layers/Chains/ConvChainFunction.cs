using ConvNetShell.Core.Layers.Convolution;
using ConvNetShell.Core.Numerics;
using ConvNetShell.FusedKernels.Chains;
using ConvNetShell.FusedKernels.Normalization;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Layers.Chains;

/// <summary>
/// A chain in training on the processor, on the thread that calls. Only the outputs of the convolutions are kept in memory, and each is
/// read and written once for all that is done with it: what a normalization and its ReLU make of it is computed again where it is needed.
/// </summary>
internal sealed class ConvChainFunction : autograd.SingleTensorFunction<ConvChainFunction>
{
    private const string Pass = "pass";
    private const int Fixed = 4; // arguments before those of the layers: input, shortcut, output, pass

    /// <inheritdoc />
    public override string Name => nameof(ConvChainFunction);

    /// <summary>Computes a batch.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="input">The batch, NxCxHxW, float32.</param>
    /// <param name="shortcut">What is added to the output, which may be the input itself; none for nothing.</param>
    /// <param name="rectifies">Whether a ReLU follows that sum.</param>
    /// <param name="context">How the pass is meant.</param>
    public static Tensor Run(ConvChain chain, Tensor input, Tensor? shortcut, bool rectifies, in ForwardContext context)
    {
        Tensor rows = OwnConvolution.Rows(input);
        bool addsInput = ReferenceEquals(input, shortcut);
        Tensor? added = shortcut is null || addsInput ? null : OwnConvolution.Rows(shortcut);
        Tensor[] filters = [.. chain.Links.Select(link => OwnConvolution.Rows(link.Convolution.Parameters[0].Value))];
        List<Tensor> outputs = [],
            positions = [];
        List<FusedBatchNorm> norms = [];
        using (no_grad())
        {
            Convolve(chain, rows, filters, context, outputs, positions, norms);
            outputs.Add(End(outputs[^1], norms[^1], addsInput ? rows : added, rectifies));
        }
        var pass = new ChainPass(chain, context.Scratch![0], context.Part, norms, added is not null, addsInput, rectifies);
        object[] arguments =
        [
            rows,
            added!,
            outputs.Concat(positions).ToArray(),
            pass,
            .. filters,
            .. chain.Norms.Select(norm => norm.Module.Scale),
            .. chain.Norms.Select(norm => norm.Module.Shift),
        ];
        return apply(arguments).permute(0, 3, 1, 2);
    }

    /// <inheritdoc />
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var pass = (ChainPass)vars[3];
        var outputs = (Tensor[])vars[2];
        ctx.save_for_backward([(Tensor)vars[0], .. outputs, .. vars.Skip(Fixed).Take(pass.Chain.Links.Count).Cast<Tensor>()]);
        ctx.save_data(Pass, pass);
        return outputs[pass.Chain.Links.Count];
    }

    /// <inheritdoc />
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        var pass = (ChainPass)ctx.get_data(Pass);
        int count = Fixed + pass.Chain.Links.Count + 2 * pass.Norms.Count;
        return OwnGradients.Of(
            count,
            () =>
            {
                List<Tensor> saved = ctx.get_saved_variables();
                try
                {
                    using Tensor given = grad_output, // a handle of our own, as those before
                        gradient = given.contiguous();
                    return new ChainBackward(pass, saved).Run(gradient);
                }
                finally
                {
                    saved.ForEach(tensor => tensor.Dispose());
                }
            }
        );
    }

    private static unsafe void Convolve(
        ConvChain chain,
        Tensor rows,
        Tensor[] filters,
        in ForwardContext context,
        List<Tensor> outputs,
        List<Tensor> positions,
        List<FusedBatchNorm> norms
    )
    {
        FusedBatchNorm? before = null;
        if (chain.First is { } first)
        {
            using Tensor values = rows.detach();
            before = first.Module.Join(Normalization.BatchNormFunction.Measure(values), context, first.Activation);
            norms.Add(before);
        }
        Tensor input = rows;
        for (int i = 0; i < filters.Length; i++)
        {
            ChainLink link = chain.Links[i];
            long[] size = [rows.shape[0], link.Height, link.Width, link.Shape.Filters];
            Tensor output = empty(size);
            Tensor? places = link.Pools ? empty(size, ScalarType.Int32) : null;
            ChannelMoments moments = link.Kernels(context.Scratch![0], chain.IsReversed(i))
                .Forward(
                    OwnConvolution.Address(input),
                    before,
                    (int)rows.shape[0],
                    OwnConvolution.Address(filters[i]),
                    OwnConvolution.Address(output),
                    (int*)OwnConvolution.Address(places)
                );
            before = link.Norm.Module.Join(moments, context, link.Norm.Activation);
            if (places is not null)
            {
                positions.Add(places);
            }
            norms.Add(before);
            outputs.Add(output);
            input = output;
        }
    }

    private static unsafe Tensor End(Tensor values, FusedBatchNorm norm, Tensor? added, bool rectifies)
    {
        Tensor output = empty_like(values);
        float* from = OwnConvolution.Address(values),
            to = OwnConvolution.Address(output);
        nint count = (nint)values.numel();
        if (added is null)
        {
            norm.Normalize((nint)from, count, isBFloat16: false, (nint)to);
        }
        else
        {
            new ChainEnd((int)values.shape[^1], rectifies).Forward(from, norm, OwnConvolution.Address(added), count, to);
        }
        return output;
    }
}
