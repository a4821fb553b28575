using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Parameters.Layers;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Normalization;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Build;

/// <summary>
/// Makes a normalization layer: batch (the default), layer, group or local response normalization. Layer has a scale and a shift a
/// channel: it is PyTorch's GroupNorm of one group, not its LayerNorm, which has them for every value.
/// </summary>
/// <example>
/// <code>New-ConvLayer 16 3 -NoBias | New-NormLayer -Activation ReLU</code>
/// <output>
/// Kind Name Layer
/// ---- ---- -----
/// conv      conv3x3x16p0-nobias
/// bn        bn
/// relu      relu
/// </output>
/// </example>
/// <example>
/// <code>New-NormLayer Group -Groups 4</code>
/// <output>
/// Kind Name Layer
/// ---- ---- -----
/// gn        gn4
/// </output>
/// </example>
/// <example>
/// <code>New-NormLayer -Momentum 0.4 -Epsilon 1e-12 -NoScale</code>
/// <output>
/// Kind Name Layer
/// ---- ---- -----
/// bn        bn-m0.4-eps1e-12-noscale
/// </output>
/// A batch normalization for short trainings, as in CIFAR10Fast: the running averages follow the weights quickly.
/// </example>
/// <example>
/// <code>New-NormLayer LocalResponse -Size 5 -Alpha 1e-4 -Beta 0.75 -K 2</code>
/// <output>
/// Kind Name Layer
/// ---- ---- -----
/// lrn       lrn5
/// </output>
/// As in AlexNet, 2012.
/// </example>
/// <seealso href="https://arxiv.org/abs/1502.03167">S. Ioffe and C. Szegedy: Batch normalization, 2015.</seealso>
[Cmdlet(VerbsCommon.New, "NormLayer", HelpUri = ProjectLinks.Help + "New-NormLayer")]
[OutputType(typeof(BatchNormSpec), typeof(LayerNormSpec), typeof(GroupNormSpec), typeof(LocalResponseSpec))]
public sealed class NewNormLayerCommand : ActivatedLayerCommand
{
    /// <summary>Gets or sets the group of values that is normalized: Batch (the default), Layer, Group or LocalResponse.</summary>
    [Parameter(Position = 0)]
    public NormKind Kind { get; set; }

    /// <summary>
    /// Gets or sets the fraction of the running averages that each batch replaces in a batch normalization, above 0 and at most 1. It is
    /// PyTorch's momentum; Keras has 1 minus it. Default: 0.1.
    /// </summary>
    [Parameter]
    public double Momentum { get; set; } = 0.1;

    /// <summary>Gets or sets the number a batch normalization adds to the variance, from 0 to 1. Default: 0.00001.</summary>
    [Parameter]
    public double Epsilon { get; set; } = 1e-5;

    /// <summary>
    /// Gets or sets a value indicating whether a batch normalization has no trainable scale, only a shift: layers behind it can scale as
    /// well.
    /// </summary>
    [Parameter]
    public SwitchParameter NoScale { get; set; }

    /// <summary>Gets or sets the groups of a group normalization, which divide the channels. Default: 4.</summary>
    [Parameter]
    public int Groups { get; set; } = 4;

    /// <summary>Gets or sets the neighboring channels of a local response normalization, the channel itself included. Default: 5.</summary>
    [Parameter]
    public int Size { get; set; } = 5;

    /// <summary>
    /// Gets or sets the factor of the sum of squares in a local response normalization; it is not divided by the size. Default: 0.0001.
    /// </summary>
    [Parameter]
    public double Alpha { get; set; } = 1e-4;

    /// <summary>Gets or sets the exponent of a local response normalization. Default: 0.75.</summary>
    [Parameter]
    public double Beta { get; set; } = 0.75;

    /// <summary>Gets or sets the constant of a local response normalization. Default: 2.</summary>
    [Parameter]
    public double K { get; set; } = 2;

    /// <inheritdoc />
    protected override LayerSpec MakeLayer() =>
        Kind switch
        {
            NormKind.Layer => new LayerNormSpec(),
            NormKind.Group => new GroupNormSpec(Groups),
            NormKind.LocalResponse => new LocalResponseSpec(Size, Alpha, Beta, K),
            _ => new BatchNormSpec(Momentum, Epsilon, !NoScale),
        };
}
