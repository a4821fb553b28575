using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Abstractions.Splits;
using ConvNetShell.Cmdlets.Parameters.Completion;
using ConvNetShell.Cmdlets.Parameters.Sources;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Inference;
using ConvNetShell.Display.Records.Evaluation;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Evaluation;

/// <summary>
/// Measures how often a network is right: top-1 with its 95 % interval, top-3 and top-5, F1 over all classes, balanced accuracy, Matthews
/// correlation and kappa, and precision, recall with its interval and F1 of each class.
/// </summary>
/// <example>
/// <code>$run | Measure-Accuracy</code>
/// Top-1, -3 and -5, F1 and others, on the test images of the run's dataset.
/// </example>
/// <example>
/// <code>(Measure-Accuracy $run).PerClass | Sort-Object F1</code>
/// The classes, the weakest first.
/// </example>
/// <example>
/// <code>(Measure-Accuracy $run -Top 2, 10).Top</code>
/// How often the class is among the first 2, and among the first 10.
/// </example>
/// <example><code>Measure-Accuracy $run -TestAugment Mirror</code>Averages the outputs over each image and its mirror image.</example>
/// <example><code>Measure-Accuracy $run -By { ($_.Pixels | Measure-Object -Average).Average -lt 90 }</code>Whether dark pictures are
/// recognized as well as bright ones.</example>
/// <example>
/// <code>(Measure-Accuracy $run -By { ($_.Pixels | Measure-Object -Average).Average -lt 90 } -Positive ship).Groups</code>
/// False accepts and false rejects of one class in each group, with their intervals.
/// </example>
[Cmdlet(VerbsDiagnostic.Measure, "Accuracy", DefaultParameterSetName = NetworkSets.First, HelpUri = ProjectLinks.Help + "Measure-Accuracy")]
[OutputType(typeof(AccuracyReport), typeof(GroupAccuracyReport))]
public sealed class MeasureAccuracyCommand : MatchedSplitCommand
{
    /// <summary>
    /// Gets or sets further numbers of classes: an image counts as correct for one if its class is among the first so many. Default:
    /// none besides 1, 3 and 5.
    /// </summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int[] Top { get; set; } = [];

    /// <summary>
    /// Gets or sets the views of each image that the outputs are averaged over, before the softmax: None (the default), Mirror, or
    /// MirrorShift (mirrored, and shifted by a pixel along a diagonal; six times the work).
    /// </summary>
    [Parameter]
    public TestAugment TestAugment { get; set; }

    /// <summary>
    /// Gets or sets the property that images are grouped by: an attribute of the dataset (Skin of Faces), a property of a sample (Class,
    /// File), or a script that gets the sample as $_. Returned are then the accuracy of each group, its false accepts and false rejects,
    /// each with a 95 % interval, and the gaps with their probability by chance. Default: no groups.
    /// </summary>
    [Parameter]
    public object? By { get; set; }

    /// <summary>
    /// Gets or sets the class that counts as accepted with -By: a false accept is an image of another class that is taken for it, a false
    /// reject one of this class that is taken for another. Default: of two classes the second; of more each in turn against all others, and
    /// the mean of their rates.
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(ClassNameCompleter))]
    public string? Positive { get; set; }

    /// <summary>Gets or sets the seed of the permutation test of -By. Default: 0.</summary>
    [Parameter]
    public int Seed { get; set; }

    /// <inheritdoc />
    private protected override UntrainedWarning Untrained => UntrainedWarning.Always;

    /// <inheritdoc />
    protected override void Process() =>
        EachNetwork(
            Network,
            source =>
            {
                MatchedSplit data = Match(source);
                if (By is null)
                {
                    if (Positive is not null)
                    {
                        throw new InvalidSettingException("-Positive", "left out without -By: it is for the errors of groups", Positive);
                    }
                    WriteObject(Evaluator.Measure(data, Device, null, Stop, Top, TestAugment));
                    return;
                }
                if (TestAugment != TestAugment.None)
                {
                    throw new InvalidSettingException("-TestAugment", "None with -By, which looks at each image once", TestAugment);
                }
                SampleGroups groups = SampleGroups.Of(data.Dataset, data.Source, By);
                WriteObject(GroupedAccuracy.Measure(data, groups.Name, groups.Values, Device, Seed, Stop, Positive));
            }
        );
}
