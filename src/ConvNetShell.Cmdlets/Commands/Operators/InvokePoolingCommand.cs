using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Parameters.Completion;
using ConvNetShell.Cmdlets.Parameters.Conversion;
using ConvNetShell.Cmdlets.Parameters.Layers;
using ConvNetShell.Core.Layers.Pooling;
using ConvNetShell.Core.Layers.Windows;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Operators;
using ConvNetShell.Display.Records.Operators;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Operators;

/// <summary>Pools an array: each window becomes its largest value, with its position, or its mean.</summary>
/// <example>
/// <code>Invoke-Pooling (1,3,2,1),(4,2,0,1),(1,1,5,6),(0,2,7,8) -Size 2</code>
/// <output>
/// Kind    : Max
/// Input   : 4x4
/// Window  : 2x2
/// Formula : floor((4 + 0 + 0 - 2) / 2) + 1 = 2
/// Shape   : 2x2
/// Output  : 4 2
///           2 8
/// Winners : (1,0) (0,2) (3,1) (3,3)
/// </output>
/// The largest value of each window of 2 x 2.
/// </example>
/// <example>
/// <code>(Invoke-Pooling 1,5,2,4,3 -Size 3 -Stride 1).Winners</code>
/// <output>
/// 1
/// 1
/// 3
/// </output>
/// The position of each maximum; overlapping windows may have
/// the same
/// one.
/// </example>
/// <example>
/// <code>Invoke-Pooling 1,5,2,4 -Size 2 -Kind Average</code>
/// <output>
/// Kind    : Average
/// Input   : 4
/// Window  : 2
/// Formula : floor((4 + 0 + 0 - 2) / 2) + 1 = 2
/// Shape   : 2
/// Output  : 3 3
/// Winners :
/// </output>
/// The mean of each pair.
/// </example>
[Cmdlet(VerbsLifecycle.Invoke, "Pooling", HelpUri = ProjectLinks.Help + "Invoke-Pooling")]
[OutputType(typeof(PoolingResult))]
public sealed class InvokePoolingCommand : ConvNetCommand
{
    /// <summary>
    /// Gets or sets the input: numbers, lists of lists, a sample of a dataset or an image file. A NaN is allowed: every output that meets
    /// it is NaN.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0)]
    [NumericArrayTransform("-InputObject")]
    public NumericArray InputObject { get; set; } = null!;

    /// <summary>Gets or sets the window's size. Default: 2.</summary>
    [Parameter(Position = 1)]
    [SpatialSizeTransform("-Size")]
    public SpatialSize Size { get; set; } = 2;

    /// <summary>Gets or sets the step from one window to the next. Default: the window's size.</summary>
    [Parameter]
    [SpatialSizeTransform("-Stride")]
    public SpatialSize? Stride { get; set; }

    /// <summary>
    /// Gets or sets the padding: Valid (none, the default), Same, or numbers up to half the window. It never wins a maximum and counts as
    /// zeros in a mean.
    /// </summary>
    [Parameter]
    [PaddingTransform]
    [ArgumentCompleter(typeof(PaddingCompleter))]
    public Padding Padding { get; set; } = Padding.Valid;

    /// <summary>Gets or sets the value kept of a window: Max (the default) or Average (Mean is read too).</summary>
    [Parameter]
    public PoolKind Kind { get; set; }

    /// <summary>
    /// Gets or sets the spatial dimensions, 1 to 3. Default: all axes of the input; of a color picture 2. An input with one axis more has
    /// channels first.
    /// </summary>
    [Parameter]
    public int? Dimension { get; set; }

    /// <inheritdoc />
    protected override void Finish()
    {
        if (InputObject.NaNCount > 0)
        {
            WriteWarning(
                $"{InputObject.NaNCount} of {InputObject.Values.Count} values of the input are NaN; so is every output "
                    + $"that meets one."
            );
        }
        WriteObject(Pooler.Compute(InputObject, new PoolSpec(Kind, new Window(Size, Stride ?? Size, Padding)), Dimension, Stop));
    }
}
