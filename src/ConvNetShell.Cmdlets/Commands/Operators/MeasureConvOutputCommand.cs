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
/// <example>
/// <code>Measure-ConvOutput 32 -Kernel 5 -Padding 2</code>
/// <output>
/// Input Kernel Output Dropped Formula
/// ----- ------ ------ ------- -------
/// 32    5      32     0       floor((32 + 2 + 2 - 5) / 1) + 1 = 32
/// </output>
/// The size and the formula that gives it.
/// </example>
/// <example>
/// <code>Measure-ConvOutput 224,224 -Kernel 11 -Stride 4 -Padding 2</code>
/// <output>
/// Input   Kernel Output Dropped Formula
/// -----   ------ ------ ------- -------
/// 224x224 11x11  55x55  0,0     floor((224 + 2 + 2 - 11) / 4) + 1 = 55
/// </output>
/// AlexNet's first layer: 55 x 55.
/// </example>
/// <example>
/// <code>Measure-ConvOutput 16 -Kernel 4 -Stride 2 -Padding Same -Transposed</code>
/// <output>
/// Input Kernel Output Dropped Formula
/// ----- ------ ------ ------- -------
/// 16    4      32     0       (16 - 1) 2 + 4 - 1 - 1 = 32
/// </output>
/// A transposed convolution makes maps larger.
/// </example>
/// <seealso href="https://arxiv.org/abs/1603.07285">
/// V. Dumoulin and F. Visin: A guide to convolution arithmetic for deep learning, 2016.
/// </seealso>
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
