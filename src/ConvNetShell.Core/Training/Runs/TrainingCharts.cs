using System.Globalization;
using ConvNetShell.Display.Records.Training;

namespace ConvNetShell.Core.Training.Runs;

/// <summary>Makes charts of training runs.</summary>
public static class TrainingCharts
{
    /// <summary>Returns the history of a run as a chart: loss, accuracy and learning rate, the best epoch marked.</summary>
    /// <param name="run">The run.</param>
    /// <returns>The chart.</returns>
    public static HistoryChart Of(TrainingRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return new HistoryChart($"{run.Network.Name} on {run.SourceDataset.Name}", run.History, run.Best?.Epoch)
        {
            Settings = new SettingValues(
                new Dictionary<string, string>(TrainingSummaries.Settings(run))
                {
                    [HistoryChart.Layers] = run.Network.Spec,
                    ["Seed"] = run.Seed.ToString(CultureInfo.InvariantCulture),
                }
            ),
        };
    }
}
