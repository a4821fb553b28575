using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Parameters.Completion;
using ConvNetShell.Cmdlets.Parameters.Conversion;
using ConvNetShell.Cmdlets.Parameters.Layers;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Activation;
using ConvNetShell.Core.Layers.Convolution;
using ConvNetShell.Core.Layers.Windows;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Build;

/// <summary>
/// Makes a convolution layer in one, two or three dimensions; on request a transposed one, or one with separate filters at each position.
/// </summary>
/// <example>
/// <code>New-ConvLayer 16 5 -Padding Same -Activation ReLU | New-PoolLayer 2</code>
/// <output>
/// Kind Name Layer
/// ---- ---- -----
/// conv      conv5x5x16
/// relu      relu
/// pool      pool2
/// </output>
/// </example>
/// <example>
/// <code>New-ConvLayer 1 2 -Dimension 1 -Padding 0,1 -Stride 2</code>
/// <output>
/// Kind Name Layer
/// ---- ---- -----
/// conv      conv1d2x1s2p0:1
/// </output>
/// The lecture's first convolution: a signal of 5 values, one
/// zero after it, a kernel of 2, a stride of 2.
/// </example>
/// <example>
/// <code>New-ConvLayer 96 11 -Stride 4 -Initializer Normal | New-ConvLayer 256 5 -Groups 2 -Padding 2</code>
/// <output>
/// Kind Name Layer
/// ---- ---- -----
/// conv      conv11x11x96s4p0
/// conv      conv5x5x256p2g2
/// </output>
/// The first convolutions
/// of AlexNet, 2012.
/// </example>
/// <example>
/// <code>New-ConvLayer 8 4 -Transposed -Stride 2 -Padding Same</code>
/// <output>
/// Kind   Name Layer
/// ----   ---- -----
/// deconv      deconv4x4x8s2
/// </output>
/// Doubles height and width.
/// </example>
/// <example>
/// <code>New-ConvLayer 8 3 -Unshared</code>
/// <output>
/// Kind  Name Layer
/// ----  ---- -----
/// local      local3x3x8p0
/// </output>
/// A locally connected layer: every position has its own filters.
/// </example>
/// <seealso href="https://arxiv.org/abs/1603.07285">
/// V. Dumoulin and F. Visin: A guide to convolution arithmetic for deep learning, 2016.
/// </seealso>
[Cmdlet(VerbsCommon.New, "ConvLayer", DefaultParameterSetName = ConvolutionSet, HelpUri = ProjectLinks.Help + "New-ConvLayer")]
[OutputType(typeof(ConvSpec), typeof(TransposedConvSpec), typeof(LocalSpec), typeof(ActivationSpec))]
public sealed class NewConvLayerCommand : WeightedLayerCommand
{
    private const string ConvolutionSet = "Convolution",
        TransposedSet = "Transposed",
        UnsharedSet = "Unshared";

    /// <summary>Gets or sets the number of filters, which is the number of output channels.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public int Filters { get; set; }

    /// <summary>
    /// Gets or sets the filters' size: 5 is 5 in every dimension, '5x3' is 5 high and 3 wide, '3x5x5' is 3 frames of 5x5.
    /// </summary>
    [Parameter(Mandatory = true, Position = 1)]
    [SpatialSizeTransform("-Kernel")]
    public SpatialSize Kernel { get; set; } = 1;

    /// <summary>
    /// Gets or sets the spatial dimensions: 1 for signals and sequences, 2 for pictures, 3 for clips and volumes. Default: 2.
    /// </summary>
    [Parameter]
    public int Dimension { get; set; } = 2;

    /// <summary>Gets or sets the step from one window to the next. Default: 1.</summary>
    [Parameter]
    [SpatialSizeTransform("-Stride")]
    public SpatialSize Stride { get; set; } = 1;

    /// <summary>
    /// Gets or sets the zeros round the input: Valid (none, the default), Same (keeps the size), a number for every side, one for each
    /// dimension (1,2),
    /// or before:after ('0:1', '0:1x2:2'). In one dimension 0,1 is before and after. A transposed convolution cuts the padding off its
    /// output.
    /// </summary>
    [Parameter]
    [PaddingTransform]
    [ArgumentCompleter(typeof(PaddingCompleter))]
    public Padding Padding { get; set; } = Padding.Valid;

    /// <summary>Gets or sets the step within the filter; 2 looks at every second value. Default: 1.</summary>
    [Parameter]
    [SpatialSizeTransform("-Dilation")]
    public SpatialSize Dilation { get; set; } = 1;

    /// <summary>Gets or sets into how many parts the channels are divided, each with filters of its own. Default: 1.</summary>
    [Parameter(ParameterSetName = ConvolutionSet)]
    [Parameter(ParameterSetName = TransposedSet)]
    public int Groups { get; set; } = 1;

    /// <summary>Gets or sets a value indicating whether the convolution is transposed, which makes maps larger by the stride.</summary>
    [Parameter(Mandatory = true, ParameterSetName = TransposedSet)]
    public SwitchParameter Transposed { get; set; }

    /// <summary>Gets or sets the rows and columns added after a transposed convolution's output, below the stride. Default: 0.</summary>
    [Parameter(ParameterSetName = TransposedSet)]
    public int OutputPadding { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether every position has its own filters: a locally connected layer, for comparison.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = UnsharedSet)]
    [Alias("LocallyConnected")]
    public SwitchParameter Unshared { get; set; }

    /// <inheritdoc />
    protected override LayerSpec MakeLayer()
    {
        var window = new Window(Kernel, Stride, Padding) { Dilation = Dilation };
        FilterSpec layer =
            Transposed ? new TransposedConvSpec(Filters, window, Groups, !NoBias, Dimension, OutputPadding)
            : Unshared ? new LocalSpec(Filters, window, !NoBias, Dimension)
            : new ConvSpec(Filters, window, Groups, !NoBias, Dimension);
        return layer with { Initializer = Rule };
    }
}
