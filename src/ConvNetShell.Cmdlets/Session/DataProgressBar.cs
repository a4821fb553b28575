using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Data.Datasets;

namespace ConvNetShell.Cmdlets.Session;

/// <summary>Shows the progress of reading and downloading in one bar, at most five updates a second; disposing takes it away.</summary>
/// <param name="cmdlet">The cmdlet the bar belongs to.</param>
/// <param name="activityId">The bar's number.</param>
internal sealed class DataProgressBar(Cmdlet cmdlet, int activityId) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private readonly Stopwatch sinceUpdate = Stopwatch.StartNew();
    private string? shown;

    /// <summary>Returns a receiver for reports from any thread, which shows them on the pipeline's thread.</summary>
    public IProgress<DataProgress> On(PipelineQueue queue) => new Reporter(this, queue);

    /// <inheritdoc />
    public void Dispose()
    {
        if (shown is not null)
        {
            cmdlet.WriteProgress(new ProgressRecord(activityId, shown, "done") { RecordType = ProgressRecordType.Completed });
        }
    }

    private void Show(DataProgress progress)
    {
        shown = progress.Activity;
        string total = progress.Total > 0 ? string.Create(CultureInfo.InvariantCulture, $" of {progress.Total:N0}") : string.Empty;
        cmdlet.WriteProgress(
            new ProgressRecord(
                activityId,
                progress.Activity,
                string.Create(CultureInfo.InvariantCulture, $"{progress.Done:N0}{total} {progress.Unit}")
            )
            {
                PercentComplete = progress.Percent,
            }
        );
    }

    private sealed class Reporter(DataProgressBar bar, PipelineQueue queue) : IProgress<DataProgress>
    {
        public void Report(DataProgress value)
        {
            lock (bar)
            {
                if (bar.sinceUpdate.Elapsed < Pause)
                {
                    return;
                }
                bar.sinceUpdate.Restart();
            }
            queue.Post(() => bar.Show(value));
        }
    }
}
