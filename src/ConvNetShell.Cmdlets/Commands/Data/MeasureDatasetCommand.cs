using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Parameters.Completion;
using ConvNetShell.Cmdlets.Parameters.Sources;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Measures;
using ConvNetShell.Display.Records.Data;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Data;

/// <summary>
/// Measures a dataset before it is trained on: the images of its splits and classes, and which images come twice. An image of Test that is
/// in Train too is a leak: it makes the accuracy look better than it is on new images. The same image with two labels is an error in one of
/// them.
/// </summary>
/// <example>
/// <code>Measure-Dataset Shapes</code>
/// <output>
/// Split Images Classes Fewest  Most  Mean StdDev Repeated Leaked OtherLabel
/// ----- ------ ------- ------  ----  ---- ------ -------- ------ ----------
/// Train 10,000      10  1,000 1,000 0.501   0.17        0      0          0
/// Test   2,000      10    200   200 0.501   0.17        0      0          0
/// </output>
/// One row a split: the classes, the fewest and the most images of a class, mean and deviation of the values (0 to 1), images that an
/// earlier one of the split equals, images of an earlier split, and those of both with another label.
/// </example>
/// <example>
/// <code>(Measure-Dataset ./photos -Tolerance 0.05).Duplicates | Show-Figure</code>
/// The images that come twice, each beside the first one like it. A larger tolerance finds more that were made darker or stored anew; an
/// image that was shifted or mirrored is another one here.
/// </example>
/// <seealso href="https://arxiv.org/abs/1902.00423">B. Barz, J. Denzler: Do we train on test data? 2019.</seealso>
[Cmdlet(VerbsDiagnostic.Measure, "Dataset", HelpUri = ProjectLinks.Help + "Measure-Dataset")]
[OutputType(typeof(SplitMeasure))]
public sealed class MeasureDatasetCommand : DataCommand
{
    /// <summary>Gets or sets the dataset: an object, a run, a known name or a path.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [DatasetTransform]
    [ArgumentCompleter(typeof(DatasetCompleter))]
    public DatasetSource Dataset { get; set; } = null!;

    /// <summary>
    /// Gets or sets how far two images may differ and still count as the same: the root mean square of the differences of their values,
    /// which count from 0 to 1. 0 finds equal images only, and is quick; with more, all pairs are compared. Default: 0.02, which is about
    /// what storing a picture as JPEG changes.
    /// </summary>
    [Parameter]
    [ValidateRange(0.0, 1.0)]
    public double Tolerance { get; set; } = DatasetMeasurer.StandardTolerance;

    /// <summary>Gets or sets how many duplicates of a split are kept with their pictures at most; all are counted. Default: 100.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int Top { get; set; } = 100;

    /// <inheritdoc />
    protected override object? Target => Dataset;

    /// <inheritdoc />
    protected override void Process()
    {
        Dataset data = Resolve(Dataset);
        IReadOnlyList<SplitMeasure> measures = ReadBeside(options =>
            DatasetMeasurer.Measure(data, Tolerance, Top, options.Progress, options.Cancellation)
        );
        WriteObject(measures, enumerateCollection: true);
    }
}
