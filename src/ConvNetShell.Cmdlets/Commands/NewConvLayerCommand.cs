using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Parameters;
using ConvNetShell.Core.Layers;

namespace ConvNetShell.Cmdlets.Commands;

/// <summary>Makes a 2-D convolution layer.</summary>
/// <example><code>New-ConvLayer 16 5 -Padding Same -Activation ReLU | New-PoolLayer 2</code></example>
[Cmdlet(VerbsCommon.New, "ConvLayer")]
[OutputType(typeof(ConvSpec), typeof(ActivationSpec))]
public sealed class NewConvLayerCommand : ActivatedLayerCommand
{
    /// <summary>Gets or sets the number of filters, which is the number of output channels.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public int Filters { get; set; }

    /// <summary>Gets or sets the filters' size: 5 is 5x5, '5x3' is 5 high and 3 wide.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ExtentTransform("-Kernel")]
    public Extent Kernel { get; set; } = 1;

    /// <summary>Gets or sets the step from one window to the next. Default: 1.</summary>
    [Parameter]
    [ExtentTransform("-Stride")]
    public Extent Stride { get; set; } = 1;

    /// <summary>Gets or sets the zeros round the input: Valid (none, the default), Same (keeps the size) or a number.</summary>
    [Parameter]
    [PaddingTransform]
    [ArgumentCompleter(typeof(PaddingCompleter))]
    public Padding Padding { get; set; } = Padding.Valid;

    /// <summary>Gets or sets into how many parts the channels are divided. Default: 1.</summary>
    [Parameter]
    public int Groups { get; set; } = 1;

    /// <inheritdoc />
    protected override LayerSpec MakeLayer() => new ConvSpec(Filters, new Window(Kernel, Stride, Padding), Groups, !NoBias);
}
