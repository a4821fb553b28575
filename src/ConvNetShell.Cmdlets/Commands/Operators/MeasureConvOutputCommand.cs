using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Parameters.Completion;
using ConvNetShell.Cmdlets.Parameters.Conversion;
using ConvNetShell.Cmdlets.Parameters.Layers;
using ConvNetShell.Core.Layers.Windows;
using ConvNetShell.Core.Operators;
using ConvNetShell.Display.Records.Operators;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Operators;

/// <summary>
/// Computes the output size of a convolution or pooling, shows the formula with its numbers, and counts the pixels that are dropped.
/// </summary>
/// <example><code>Measure-ConvOutput 32 -Kernel 5 -Padding 2</code></example>
/// <example><code>Measure-ConvOutput 224,224 -Kernel 11 -Stride 4 -Padding 2</code></example>
/// <example><code>Measure-ConvOutput 16 -Kernel 4 -Stride 2 -Padding Same -Transposed</code></example>
[Cmdlet(VerbsDiagnostic.Measure, "ConvOutput", HelpUri = ProjectLinks.Help + "Measure-ConvOutput")]
[OutputType(typeof(ConvOutputInfo))]
public sealed class MeasureConvOutputCommand : ConvNetCommand
{
    /// <summary>Gets or sets the input's size in each dimension: 32 for a signal, 32,32 for a picture, 8,32,32 for a clip.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public int[] InputSize { get; set; } = [];

    /// <summary>Gets or sets the window's size.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [SpatialSizeTransform("-Kernel")]
    public SpatialSize Kernel { get; set; } = 1;

    /// <summary>Gets or sets the step from one window to the next. Default: 1.</summary>
    [Parameter]
    [SpatialSizeTransform("-Stride")]
    public SpatialSize Stride { get; set; } = 1;

    /// <summary>Gets or sets the padding: Valid (none, the default), Same, numbers, or before:after.</summary>
    [Parameter]
    [PaddingTransform]
    [ArgumentCompleter(typeof(PaddingCompleter))]
    public Padding Padding { get; set; } = Padding.Valid;

    /// <summary>Gets or sets the step within the window. Default: 1.</summary>
    [Parameter]
    [SpatialSizeTransform("-Dilation")]
    public SpatialSize Dilation { get; set; } = 1;

    /// <summary>Gets or sets a value indicating whether the convolution is transposed.</summary>
    [Parameter]
    public SwitchParameter Transposed { get; set; }

    /// <inheritdoc />
    protected override void Finish() =>
        WriteObject(OutputMeasure.Measure(InputSize, new Window(Kernel, Stride, Padding) { Dilation = Dilation }, Transposed));
}
