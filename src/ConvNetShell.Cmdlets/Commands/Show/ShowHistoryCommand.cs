using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Parameters.Conversion;
using ConvNetShell.Cmdlets.Session;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Display.Records.Training;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Show;

/// <summary>
/// Shows the course of a training: loss, accuracy and learning rate by epoch, with the best epoch marked. Several runs are drawn
/// together.
/// </summary>
/// <example>
/// <code>Show-History $run</code>
/// Loss, accuracy and learning rate by epoch.
/// </example>
/// <example><code>Show-History $run &gt; history.txt</code>The curves as text. Every Show- cmdlet writes text into a file or another
/// cmdlet.</example>
/// <example><code>Get-TrainingRun | Show-History</code>All runs of this session in one chart.</example>
[Cmdlet(VerbsCommon.Show, "History", HelpUri = ProjectLinks.Help + "Show-History")]
[OutputType(typeof(HistoryChart), typeof(string))]
public sealed class ShowHistoryCommand : ShowCommand
{
    private readonly List<object> items = [];

    /// <summary>Gets or sets the runs, or the epochs of one. Default: the latest run of this session.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    public object[] Run { get; set; } = [];

    /// <inheritdoc />
    protected override void Process() =>
        items.AddRange(
            Run.Select(Values.Unwrap)
                .Select(item =>
                    item is not null && Rendering.Figures.Figure(item) is var known and (HistoryChart or EpochRecord)
                        ? known
                        : throw new InvalidSettingException("-Run", "training runs, or their epochs", item?.GetType().Name)
                )
        );

    /// <inheritdoc />
    protected override void Finish()
    {
        if (items.Count == 0 && !MyInvocation.ExpectingInput)
        {
            TrainingRun last =
                ConvNetSession.Current.Runs.Count > 0
                    ? ConvNetSession.Current.Runs[^1]
                    : throw new InvalidSettingException("-Run", "given, because this session has no run to show", null);
            items.Add(TrainingCharts.Of(last));
        }
        foreach (object figure in Figures(items))
        {
            Show(figure);
        }
    }
}
