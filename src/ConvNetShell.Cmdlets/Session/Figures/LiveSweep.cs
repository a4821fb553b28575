using System.Diagnostics;
using System.Management.Automation;
using ConvNetShell.Cmdlets.Session.Sweeps;
using ConvNetShell.Core.Sweeps.Analysis;
using ConvNetShell.Core.Sweeps.Storage;

namespace ConvNetShell.Cmdlets.Session.Figures;

/// <summary>Draws the course of a sweep while it runs: again when a trial has begun or ended, at most twice a second.</summary>
/// <param name="figure">Where it is drawn.</param>
/// <param name="isNotebook">Whether that is a notebook; a terminal has a table of trials too.</param>
internal sealed class LiveSweep(LiveFigure figure, bool isNotebook)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private readonly Stopwatch sinceUpdate = new();
    private string drawn = string.Empty;

    /// <summary>Draws a sweep.</summary>
    /// <param name="sweep">The sweep as it stands.</param>
    /// <param name="left">The time left.</param>
    /// <param name="last">Whether it has ended.</param>
    public void Draw(Sweep sweep, TimeSpan left, bool last = false)
    {
        string state = string.Join(' ', sweep.Trials.Select(trial => (int)trial.Status));
        if (!last && (state == drawn || !figure.CanRedraw || (sinceUpdate.IsRunning && sinceUpdate.Elapsed < Pause)))
        {
            return;
        }
        (drawn, object chart) = (state, SweepCharts.Course(sweep));
        sinceUpdate.Restart();
        try
        {
            figure.Draw(isNotebook ? [chart] : [chart, new TrialTable(sweep, left)], last);
        }
        catch (PipelineStoppedException)
        {
            // The cmdlet's own token ends the sweep.
        }
    }
}
