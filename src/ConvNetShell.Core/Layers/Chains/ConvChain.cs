using ConvNetShell.Core.Layers.Activation;
using ConvNetShell.Core.Layers.Convolution;
using ConvNetShell.Core.Layers.Normalization;
using ConvNetShell.Core.Layers.Pooling;
using ConvNetShell.FusedKernels.Chains;
using ConvNetShell.FusedKernels.Normalization;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Layers.Chains;

/// <summary>
/// Convolutions of 3x3 pixels, each with the max pooling, the batch normalization and the activation behind it, that are computed together
/// in training: see
/// <see cref="ConvChainFunction"/>.
/// </summary>
/// <param name="Start">The place of the first layer.</param>
/// <param name="Length">How many layers it replaces.</param>
/// <param name="First">The normalization before the first convolution, or <see langword="null"/>.</param>
/// <param name="Links">The convolutions.</param>
internal sealed record ConvChain(int Start, int Length, ChainNorm? First, IReadOnlyList<ChainLink> Links)
{
    private const int Fewest = 2; // numbers of a channel in an image: a single one of a batch of one is not normalized

    /// <summary>Gets the normalizations in order.</summary>
    public IEnumerable<ChainNorm> Norms => Links.Select(link => link.Norm).Prepend(First).OfType<ChainNorm>();

    /// <summary>
    /// Returns whether a convolution computes the last images first. Each turns round where the one before has ended, forward and
    /// backward: what that has written last is still in the cache. The end of the chain begins with the first image.
    /// </summary>
    /// <param name="link">The convolution, from 0.</param>
    public bool IsReversed(int link) => (Links.Count - link) % 2 == 1;

    /// <summary>Returns the chain that begins at a layer, or <see langword="null"/>.</summary>
    /// <param name="modules">The layers in the order they are computed in.</param>
    /// <param name="start">The place of the layer.</param>
    /// <param name="context">How the pass is meant.</param>
    public static ConvChain? At(ReadOnlySpan<LayerModule> modules, int start, in ForwardContext context)
    {
        if (context is not { Training: true, Watch: null, Reduced: false, Scratch.Length: 1 })
        {
            return null;
        }
        int at = start;
        ChainNorm? first = NormAt(modules, ref at);
        List<ChainLink> links = [];
        while (ConvolutionAt(modules, at) is { } convolution)
        {
            int next = at + 1;
            (int, int) pool = PoolAt(modules, convolution, ref next);
            if (NormAt(modules, ref next) is not { } norm)
            {
                break;
            }
            var link = new ChainLink(convolution, pool, norm);
            if (link.Height * link.Width < Fewest)
            {
                break;
            }
            links.Add(link);
            at = next;
        }
        return links.Count == 0 ? null : new ConvChain(start, at - start, first, links);
    }

    /// <summary>Returns the chain that the layers of a residual block end with, without an activation behind it, or <see langword="null"/>.
    /// </summary>
    /// <param name="modules">The layers in the order they are computed in.</param>
    /// <param name="context">How the pass is meant.</param>
    public static ConvChain? AtEnd(ReadOnlySpan<LayerModule> modules, in ForwardContext context)
    {
        for (int start = 0; start < modules.Length; start++)
        {
            if (
                At(modules, start, context) is { } chain
                && start + chain.Length == modules.Length
                && chain.Links[^1].Norm.Activation == NormActivation.None
            )
            {
                return chain;
            }
        }
        return null;
    }

    /// <summary>Returns whether a batch can be computed: images on a processor that can, in float32.</summary>
    /// <param name="input">The batch, NxCxHxW.</param>
    public static bool Takes(Tensor input) =>
        input.dtype == ScalarType.Float32 && OwnConvolution.IsSupported(input.device) && BatchNormFunction.IsSupported;

    private static ConvModule? ConvolutionAt(ReadOnlySpan<LayerModule> modules, int at) =>
        at < modules.Length
        && modules[at]
            is ConvModule { Minimal: { OutputHeight: var rows, OutputWidth: var columns }, Parameters: [var filters] } convolution
        && rows * columns > 1 // a single number is not normalized
        && filters.Value.dtype == ScalarType.Float32
            ? convolution
            : null;

    private static ChainNorm? NormAt(ReadOnlySpan<LayerModule> modules, ref int at)
    {
        if (at >= modules.Length || modules[at] is not BatchNormModule { Learns: true } norm)
        {
            return null;
        }
        at++;
        var activation = at < modules.Length ? modules[at] as ActivationModule : null;
        NormActivation kind = activation switch
        {
            { IsRectifier: true } => NormActivation.Relu,
            { IsGelu: true } => NormActivation.Gelu,
            _ => NormActivation.None,
        };
        at += kind == NormActivation.None ? 0 : 1;
        return new ChainNorm(norm, kind);
    }

    private static (int Rows, int Columns) PoolAt(ReadOnlySpan<LayerModule> modules, ConvModule convolution, ref int at)
    {
        if (
            at >= modules.Length
            || modules[at] is not PoolModule { IsMax: true, Tiles: { } tiles }
            || !MaxPooling.Takes(convolution.Minimal!.Filters)
        )
        {
            return (1, 1);
        }
        at++;
        return tiles;
    }

    /// <summary>Runs the chain on a batch that it takes.</summary>
    /// <param name="input">The batch, NxCxHxW.</param>
    /// <param name="context">How the pass is meant.</param>
    /// <param name="shortcut">What is added to the output, which may be the input itself; none for nothing.</param>
    /// <param name="rectifies">Whether a ReLU follows that sum.</param>
    public Tensor Run(Tensor input, in ForwardContext context, Tensor? shortcut = null, bool rectifies = false) =>
        ConvChainFunction.Run(this, input, shortcut, rectifies, context);
}
