using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Parameters.Conversion;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Operators;
using ConvNetShell.Display.Records.Operators;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Operators;

/// <summary>
/// Moves a picture or a signal and counts how many numbers of its vector change, which is what a dense layer reads. Show-Figure and
/// Export-Figure draw both pictures, both vectors and their difference.
/// </summary>
/// <example>
/// <code>Compare-Shift (0,0,0,0),(0,9,0,0),(0,9,9,0) -Right 1</code>
/// <output>
/// Input   : 3x4
/// Shift   : 0 down, 1 right
/// Changed : 4 of 12 (33.3 %)
/// </output>
/// Three bright pixels: two places become dark or bright in each of two rows.
/// </example>
/// <example>
/// <code>Select-Sample Shapes -Class star | ForEach-Object { Compare-Shift $_ -Right 2 -Down 1 } | Export-Figure shift.png</code>
/// The star, the moved star, and the two vectors.
/// </example>
/// <example>
/// <code>Compare-Shift 0,0,3,5,3,0,0 -Right 1</code>
/// <output>
/// Input   : 7
/// Shift   : 0 down, 1 right
/// Changed : 4 of 7 (57.1 %)
/// </output>
/// A signal: the peak is there as before, and most numbers of its vector are others.
/// </example>
[Cmdlet(VerbsData.Compare, "Shift", HelpUri = ProjectLinks.Help + "Compare-Shift")]
[OutputType(typeof(ShiftComparison))]
public sealed class CompareShiftCommand : ConvNetCommand
{
    /// <summary>
    /// Gets or sets the picture: lists of numbers, channels first or without, a sample of a dataset or an image file; or a signal, one
    /// list.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0)]
    [NumericArrayTransform("-InputObject")]
    public NumericArray InputObject { get; set; } = null!;

    /// <summary>Gets or sets how many columns the picture is moved to the right; negative for left. Default: 2.</summary>
    [Parameter]
    [ValidateRange(-100_000, 100_000)]
    public int Right { get; set; } = 2;

    /// <summary>Gets or sets how many rows the picture is moved down; negative for up. Default: 0.</summary>
    [Parameter]
    [ValidateRange(-100_000, 100_000)]
    public int Down { get; set; }

    /// <inheritdoc />
    protected override void Finish() => WriteObject(PictureShift.Compare(InputObject, Down, Right));
}
