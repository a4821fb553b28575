using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Parameters;
using ConvNetShell.Core.Layers;

namespace ConvNetShell.Cmdlets.Commands;

/// <summary>Makes a pooling layer: each window of each channel becomes one number.</summary>
/// <example><code>New-PoolLayer 2</code></example>
/// <example><code>New-PoolLayer 3 -Stride 2 -Kind Mean</code></example>
[Cmdlet(VerbsCommon.New, "PoolLayer")]
[OutputType(typeof(PoolSpec))]
public sealed class NewPoolLayerCommand : LayerCommand
{
    /// <summary>Gets or sets the window's size. Default: 2.</summary>
    [Parameter(Position = 0)]
    [ExtentTransform("-Size")]
    public Extent Size { get; set; } = 2;

    /// <summary>Gets or sets the step from one window to the next. Default: the window's size.</summary>
    [Parameter]
    [ExtentTransform("-Stride")]
    public Extent? Stride { get; set; }

    /// <summary>Gets or sets the padding: Valid (none, the default), Same or a number up to half the window.</summary>
    [Parameter]
    [PaddingTransform]
    [ArgumentCompleter(typeof(PaddingCompleter))]
    public Padding Padding { get; set; } = Padding.Valid;

    /// <summary>Gets or sets what is kept of a window: Max (the default) or Mean.</summary>
    [Parameter]
    public PoolKind Kind { get; set; }

    /// <inheritdoc />
    protected override LayerSpec MakeLayer() => new PoolSpec(Kind, new Window(Size, Stride ?? Size, Padding));
}
