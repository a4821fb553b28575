using ConvNetShell.Core.Layers.Convolution;
using ConvNetShell.Core.Numerics;
using ConvNetShell.FusedKernels.Chains;
using ConvNetShell.FusedKernels.Normalization;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Layers.Chains;

/// <summary>Computes the gradients of a chain.</summary>
internal sealed class ChainBackward
{
    private const int Leading = 4; // gradients of input, shortcut and two that are none
    private readonly ChainPass pass;
    private readonly Tensor[] outputs,
        filters;
    private readonly Tensor?[] positions; // of the pooling behind each convolution
    private readonly Tensor input,
        last;
    private readonly float[][] scales;
    private readonly BatchNormSums[] sums;

    /// <param name="pass">What was computed.</param>
    /// <param name="saved">The input, the outputs of the convolutions, that of the chain, the positions that each pooling took, and the
    /// filters, all pixel by pixel.</param>
    public ChainBackward(ChainPass pass, IReadOnlyList<Tensor> saved)
    {
        this.pass = pass;
        int count = pass.Chain.Links.Count;
        (input, last) = (saved[0], saved[1 + count]);
        outputs = [.. saved.Skip(1).Take(count)];
        Queue<Tensor> places = new(saved.Skip(2 + count).SkipLast(count));
        positions = [.. pass.Chain.Links.Select(link => link.Pools ? places.Dequeue() : null)];
        filters = [.. saved.TakeLast(count)];
        scales = new float[pass.Norms.Count][];
        sums = new BatchNormSums[pass.Norms.Count];
    }

    private bool HasFirst => pass.Chain.First is not null;

    private bool HasShortcut => pass.AddsInput || pass.HasShortcut;

    private ChainEnd End => new((int)last.shape[^1], HasShortcut && pass.Rectifies);

    /// <summary>Returns the gradients of input, shortcut, filters, scales and shifts, in the order of the function's arguments; none if
    /// another part of the batch has failed.</summary>
    /// <param name="gradient">The gradient of the chain's output, pixel by pixel.</param>
    public Tensor?[] Run(Tensor gradient)
    {
        Tensor passed = End.Changes(pass.Norms[^1]) ? empty_like(gradient) : gradient.alias();
        BatchNormSums? all = Join(pass.Norms.Count - 1, SumLast(gradient, passed));
        Tensor?[] weights = new Tensor?[filters.Length];
        Tensor? now = passed;
        for (int i = filters.Length - 1; i >= 0 && all is not null; i--)
        {
            Tensor before = now!;
            now = i > 0 || HasFirst || input.requires_grad ? empty_like(i > 0 ? outputs[i - 1] : input) : null;
            weights[i] = pass.Chain.Links[i].Convolution.Parameters[0].Value.requires_grad ? empty_like(filters[i]) : null;
            BatchNormSums? own = Convolve(i, all, before, now, weights[i], passed);
            all = own is null ? all : Join(Norm(i) - 1, own);
            if (!ReferenceEquals(before, passed))
            {
                before.Dispose();
            }
        }
        if (all is null)
        {
            return []; // another part has failed, which is said where it did
        }
        if (HasFirst)
        {
            now = Begin(all, now!, passed);
        }
        return
        [
            now,
            pass.HasShortcut ? passed : Drop(passed),
            .. new Tensor?[Leading - 2],
            .. weights,
            .. scales.Select(values => tensor(values)),
            .. sums.Select(own => tensor([.. own.Gradients.Select(sum => (float)sum)])),
        ];
    }

    private static Tensor? Drop(Tensor values)
    {
        values.Dispose();
        return null;
    }

    // the place of the normalization behind a convolution
    private int Norm(int link) => HasFirst ? link + 1 : link;

    private BatchNormSums? Join(int norm, BatchNormSums own)
    {
        scales[norm] = pass.Norms[norm].ScaleGradients(own); // those of all parts are added up later
        sums[norm] = own;
        return pass.Part is { } part ? part.Join(own, (one, other) => one.With(other)) : own;
    }

    private unsafe BatchNormSums SumLast(Tensor gradient, Tensor passed)
    {
        float* values = OwnConvolution.Address(outputs[^1]),
            given = OwnConvolution.Address(gradient);
        return End.Backward(
            values,
            pass.Norms[^1],
            OwnConvolution.Address(last),
            given,
            (int)(gradient.numel() / gradient.shape[^1]),
            OwnConvolution.Address(passed)
        );
    }

    private unsafe BatchNormSums? Convolve(int link, BatchNormSums all, Tensor gradient, Tensor? result, Tensor? weights, Tensor passed)
    {
        bool begins = link == 0;
        Tensor values = begins ? input : outputs[link - 1];
        var given = new ChainGradients(
            OwnConvolution.Address(values),
            begins && !HasFirst ? null : pass.Norms[Norm(link) - 1],
            OwnConvolution.Address(outputs[link]),
            pass.Norms[Norm(link)].InputGradients(all),
            OwnConvolution.Address(gradient),
            OwnConvolution.Address(filters[link])
        )
        {
            Positions = (int*)OwnConvolution.Address(positions[link]),
            FilterGradient = OwnConvolution.Address(weights),
            InputGradient = OwnConvolution.Address(result),
            Added = begins && !HasFirst && pass.AddsInput ? OwnConvolution.Address(passed) : null,
        };
        return pass.Chain.Links[link].Kernels(pass.Scratch, pass.Chain.IsReversed(link)).Backward(given, (int)values.shape[0]);
    }

    private unsafe Tensor Begin(BatchNormSums all, Tensor gradient, Tensor passed)
    {
        using Tensor given = gradient;
        Tensor result = empty_like(input);
        pass.Norms[0]
            .InputGradients(all)
            .Compute(
                (nint)OwnConvolution.Address(input),
                (nint)OwnConvolution.Address(given),
                input.numel(),
                isBFloat16: false,
                (nint)OwnConvolution.Address(result)
            );
        return pass.AddsInput ? result.AddInPlace(passed) : result;
    }
}
