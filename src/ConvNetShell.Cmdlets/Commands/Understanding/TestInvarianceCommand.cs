using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Abstractions.Splits;
using ConvNetShell.Cmdlets.Parameters.Completion;
using ConvNetShell.Cmdlets.Parameters.Conversion;
using ConvNetShell.Cmdlets.Parameters.Sources;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Understanding.Comparison;
using ConvNetShell.Display.Records.Understanding;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Understanding;

/// <summary>
/// Shows which changes of a picture, a sequence or a clip (all its frames alike) a network's layers follow, and which its prediction
/// survives. For each layer it measures how far the maps differ from the shifted or rotated maps, for the output how many labels stay.
/// </summary>
/// <example>
/// <code>Test-Invariance $run -Shift -8..8 | Where-Object Layer -eq output</code>
/// How often the class stays the same when the image is moved by -8 to 8 pixels.
/// </example>
/// <example>
/// <code>Test-Invariance $net Shapes -Shift 2, 4 -Rotate 90 -Flip -Layer pool3, output</code>
/// For an untrained network: two layers, moved, turned and mirrored.
/// </example>
[Cmdlet(VerbsDiagnostic.Test, "Invariance", DefaultParameterSetName = NetworkSets.First, HelpUri = ProjectLinks.Help + "Test-Invariance")]
[OutputType(typeof(InvarianceRow))]
public sealed class TestInvarianceCommand : NetworkSplitCommand
{
    private const string OutputRow = "output";

    /// <summary>
    /// Gets or sets the shifts in pixels to the right; -8..8 is a range. Default: 1, 2, 4, 8 where nothing else is asked for.
    /// </summary>
    [Parameter]
    [IntegerRangeTransform]
    public int[]? Shift { get; set; }

    /// <summary>Gets or sets the rotations in degrees, counterclockwise; of pictures only. Default: none.</summary>
    [Parameter]
    public double[] Rotate { get; set; } = [];

    /// <summary>Gets or sets the enlargements, as factors. Default: none.</summary>
    [Parameter]
    public double[] Scale { get; set; } = [];

    /// <summary>Gets or sets a value indicating whether pictures are flipped, left to right.</summary>
    [Parameter]
    public SwitchParameter Flip { get; set; }

    /// <summary>Gets or sets the layers to show, and output; wildcards are allowed. Default: all.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(LayerNameCompleter))]
    public string[] Layer { get; set; } = ["*"];

    /// <summary>Gets or sets the number of pictures, the first of the split. Default: 64.</summary>
    [Parameter]
    [ValidateRange(1, 10_000)]
    public int Count { get; set; } = 64;

    /// <inheritdoc />
    private protected override UntrainedWarning Untrained => UntrainedWarning.WhereARunWasTrained;

    /// <inheritdoc />
    protected override void Process() =>
        EachNetwork(
            Network,
            source =>
            {
                DatasetSplit split = Data(Dataset, source).Split;
                split = split.Take([.. Enumerable.Range(0, Math.Min(Count, split.Count))]);
                string[] names = [.. source.Network.Layers.Select(layer => layer.Name), OutputRow];
                HashSet<string> layers =
                [
                    .. NamedItems.Select(
                        names,
                        name => name,
                        Layer,
                        missing => Attempt(() => throw new NameNotFoundException("Layer.NotFound", "-Layer", names, missing), missing)
                    ),
                ];
                if (layers.Count == 0)
                {
                    return;
                }
                foreach (InvarianceRow row in InvarianceTester.Measure(source.Network, split, Changes(), Device, Stop))
                {
                    if (layers.Contains(row.Layer))
                    {
                        WriteObject(row);
                    }
                }
            }
        );

    private List<PictureChange> Changes()
    {
        bool others = Rotate.Length > 0 || Scale.Length > 0 || Flip;
        var changes = (Shift ?? (others ? [] : [1, 2, 4, 8])).Select(PictureChange.Shift).ToList();
        changes.AddRange(Rotate.Select(PictureChange.Rotate));
        changes.AddRange(Scale.Select(PictureChange.Scale));
        if (Flip)
        {
            changes.Add(PictureChange.Flip());
        }
        return changes;
    }
}
