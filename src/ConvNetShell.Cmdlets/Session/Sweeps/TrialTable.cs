using System.Globalization;
using System.Text;
using ConvNetShell.Core.Sweeps.Storage;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Session.Sweeps;

/// <summary>The trials of a sweep that run and those that ended last, as lines for a terminal.</summary>
/// <param name="sweep">The sweep.</param>
/// <param name="left">The time left.</param>
internal sealed class TrialTable(Sweep sweep, TimeSpan left)
{
    private const int MostEnded = 5,
        Width = 79;

    /// <summary>Returns the lines.</summary>
    public override string ToString()
    {
        SweepTrial[] running = [.. sweep.Trials.Where(trial => trial.Status == TrialStatus.Running)],
            ended = [.. sweep.Trials.Where(trial => trial.HasEnded).TakeLast(MostEnded)];
        var text = new StringBuilder();
        foreach (SweepTrial trial in ended.Concat(running))
        {
            string objective = double.IsNaN(trial.Objective) ? string.Empty : trial.Objective.ToString("G4", CultureInfo.InvariantCulture);
            string line = string.Join(
                ' ',
                trial.Number.ToString(CultureInfo.InvariantCulture).PadLeft(6),
                trial.Status.ToString().PadRight(9),
                objective.PadLeft(8),
                trial == sweep.Best ? "*" : " ",
                trial.Parameters
            );
            text.AppendLine(line.Length > Width ? line[..Width] : line);
        }
        text.Append(CultureInfo.InvariantCulture, $"{sweep.Finished} of {sweep.Count} trials");
        if (left > TimeSpan.Zero)
        {
            text.Append(CultureInfo.InvariantCulture, $", {ViewText.Duration(left)} left");
        }
        return text.ToString();
    }
}
