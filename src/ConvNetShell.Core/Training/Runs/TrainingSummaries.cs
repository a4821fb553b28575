using System.Globalization;
using ConvNetShell.Core.Training.Settings;
using ConvNetShell.Display.Records.Training;

namespace ConvNetShell.Core.Training.Runs;

/// <summary>Says in short how a run went, for files of its network.</summary>
internal static class TrainingSummaries
{
    /// <summary>Returns the summary of a run.</summary>
    /// <param name="run">The run; the summary is of its best epoch.</param>
    public static TrainingSummary Of(TrainingRun run) =>
        new(
            run.SourceDataset.Name,
            run.History.Count,
            run.Best?.Epoch,
            run.Best?.TrainAccuracy ?? double.NaN,
            run.Best?.ValidationAccuracy ?? double.NaN,
            run.Seed,
            run.Device,
            run.Started,
            run.Elapsed,
            Settings(run)
        );

    /// <summary>Returns the settings of a run, by their names.</summary>
    /// <param name="run">The run.</param>
    public static Dictionary<string, string> Settings(TrainingRun run) =>
        TrainingSetting
            .All.Where(setting => !setting.IsFolder && setting.Get(run.Settings) is not null)
            .ToDictionary(setting => setting.Name, setting => Text(setting.Get(run.Settings)));

    private static string Text(object? value) =>
        value is IEnumerable<double> list
            ? string.Join(", ", list.Select(number => number.ToString(CultureInfo.InvariantCulture)))
            : Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty;
}
