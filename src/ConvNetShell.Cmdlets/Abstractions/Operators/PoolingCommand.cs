using System.Management.Automation;
using ConvNetShell.Cmdlets.Parameters.Completion;
using ConvNetShell.Cmdlets.Parameters.Conversion;
using ConvNetShell.Cmdlets.Parameters.Layers;
using ConvNetShell.Core.Layers.Pooling;
using ConvNetShell.Core.Layers.Windows;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Cmdlets.Abstractions.Operators;

/// <summary>Base of the cmdlets that move a pooling window over an array.</summary>
public abstract class PoolingCommand : ConvNetCommand
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

    /// <summary>Gets the kind of pooling, and its window.</summary>
    private protected PoolSpec Spec => new(Kind, new Window(Size, Stride ?? Size, Padding));

    /// <summary>Warns of numbers that are none.</summary>
    private protected void WarnOfNaN()
    {
        if (InputObject.NaNCount > 0)
        {
            WriteWarning(
                $"{InputObject.NaNCount} of {InputObject.Values.Count} values of the input are NaN; so is every output "
                    + $"that meets one."
            );
        }
    }
}
