using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Parameters.Completion;
using ConvNetShell.Cmdlets.Parameters.Conversion;
using ConvNetShell.Cmdlets.Parameters.Layers;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Pooling;
using ConvNetShell.Core.Layers.Windows;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Build;

/// <summary>
/// Makes a pooling layer: each window of each channel becomes one number. It works in as many dimensions as its input has, one to three.
/// </summary>
/// <example>
/// <code>New-PoolLayer 2</code>
/// <output>
/// Kind Name Layer
/// ---- ---- -----
/// pool      pool2
/// </output>
/// </example>
/// <example>
/// <code>New-PoolLayer 3 -Stride 2 -Kind Average</code>
/// <output>
/// Kind Name Layer
/// ---- ---- -----
/// pool      avgpool3s2
/// </output>
/// Windows that overlap.
/// </example>
/// <example>
/// <code>New-PoolLayer -Global -Kind Average</code>
/// <output>
/// Kind Name Layer
/// ---- ---- -----
/// pool      globalavg
/// </output>
/// One number a channel: a vector.
/// </example>
/// <example>
/// <code>New-PoolLayer -OutputSize 6</code>
/// <output>
/// Kind Name Layer
/// ---- ---- -----
/// pool      adaptivemax6
/// </output>
/// 6x6 positions, whatever the size of the input.
/// </example>
[Cmdlet(VerbsCommon.New, "PoolLayer", DefaultParameterSetName = WindowSet, HelpUri = ProjectLinks.Help + "New-PoolLayer")]
[OutputType(typeof(PoolSpec), typeof(AdaptivePoolSpec))]
public sealed class NewPoolLayerCommand : LayerCommand
{
    private const string WindowSet = "Window",
        GlobalSet = "Global",
        AdaptiveSet = "Adaptive";

    /// <summary>Gets or sets the window's size. Default: 2.</summary>
    [Parameter(Position = 0, ParameterSetName = WindowSet)]
    [SpatialSizeTransform("-Size")]
    public SpatialSize Size { get; set; } = 2;

    /// <summary>Gets or sets the step from one window to the next. Default: the window's size.</summary>
    [Parameter(ParameterSetName = WindowSet)]
    [SpatialSizeTransform("-Stride")]
    public SpatialSize? Stride { get; set; }

    /// <summary>
    /// Gets or sets the padding: Valid (none, the default), Same, or numbers up to half the window. It never wins a maximum and counts as
    /// zeros in a mean.
    /// </summary>
    [Parameter(ParameterSetName = WindowSet)]
    [PaddingTransform]
    [ArgumentCompleter(typeof(PaddingCompleter))]
    public Padding Padding { get; set; } = Padding.Valid;

    /// <summary>Gets or sets the value kept of a window: Max (the default) or Average (Mean is read too).</summary>
    [Parameter]
    public PoolKind Kind { get; set; }

    /// <summary>Gets or sets a value indicating whether all positions of a channel become one number, which gives a vector.</summary>
    [Parameter(Mandatory = true, ParameterSetName = GlobalSet)]
    public SwitchParameter Global { get; set; }

    /// <summary>Gets or sets the size that comes out; the windows follow from it and the input.</summary>
    [Parameter(Mandatory = true, ParameterSetName = AdaptiveSet)]
    [SpatialSizeTransform("-OutputSize")]
    public SpatialSize? OutputSize { get; set; }

    /// <inheritdoc />
    protected override LayerSpec MakeLayer() =>
        ParameterSetName == WindowSet
            ? new PoolSpec(Kind, new Window(Size, Stride ?? Size, Padding))
            : new AdaptivePoolSpec(Kind, OutputSize);
}
