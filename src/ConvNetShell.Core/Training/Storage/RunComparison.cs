using System.Collections;
using System.Globalization;
using ConvNetShell.Core.Training.Settings;
using ConvNetShell.Display.Records.Training;

namespace ConvNetShell.Core.Training.Storage;

/// <summary>Compares two runs: the settings that differ, and all metrics.</summary>
public static class RunComparison
{
    /// <summary>Compares two runs.</summary>
    /// <param name="first">The first run.</param>
    /// <param name="second">The second run.</param>
    /// <returns>What differs of settings, network, data and versions; then the metrics.</returns>
    public static IReadOnlyList<RunDifference> Compare(RunFacts first, RunFacts second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        return
        [
            .. Differing("Network", ("Name", first.Network, second.Network), ("Layers", first.Layers, second.Layers)),
            .. Differing("Data", ("Dataset", first.Dataset, second.Dataset)),
            .. TrainingSetting
                .All.Where(setting => !setting.IsFolder)
                .SelectMany(setting =>
                    Differing("Setting", (setting.Name, Text(setting.Get(first.Settings)), Text(setting.Get(second.Settings))))
                ),
            .. first
                .Versions.Keys.Union(second.Versions.Keys, StringComparer.OrdinalIgnoreCase)
                .SelectMany(name =>
                    Differing("Version", (name, first.Versions.GetValueOrDefault(name), second.Versions.GetValueOrDefault(name)))
                ),
            .. Metrics(first, second),
        ];
    }

    private static IEnumerable<RunDifference> Metrics(RunFacts first, RunFacts second)
    {
        static RunDifference Metric(string name, double a, double b) => new("Metric", name, a, b, b - a);
        double Best(RunFacts run, Func<EpochRecord, double> value) => run.Best is null ? double.NaN : value(run.Best);
        yield return Metric("BestEpoch", Best(first, epoch => epoch.Epoch), Best(second, epoch => epoch.Epoch));
        foreach (
            (string name, Func<EpochRecord, double> value) in new (string, Func<EpochRecord, double>)[]
            {
                (nameof(EpochRecord.ValidationAccuracy), epoch => epoch.ValidationAccuracy),
                (nameof(EpochRecord.ValidationLoss), epoch => epoch.ValidationLoss),
                (nameof(EpochRecord.TrainAccuracy), epoch => epoch.TrainAccuracy),
                (nameof(EpochRecord.TrainLoss), epoch => epoch.TrainLoss),
            }
        )
        {
            yield return Metric(name, Best(first, value), Best(second, value));
        }
        yield return Metric("Seconds", first.Elapsed.TotalSeconds, second.Elapsed.TotalSeconds);
    }

    private static IEnumerable<RunDifference> Differing(string kind, params (string Name, object? First, object? Second)[] values) =>
        values
            .Where(value => !Equals(value.First, value.Second))
            .Select(value => new RunDifference(kind, value.Name, value.First, value.Second, Number(value.Second) - Number(value.First)));

    private static double? Number(object? value) =>
        value is int or long or double ? Convert.ToDouble(value, CultureInfo.InvariantCulture) : null;

    private static object? Text(object? value) =>
        value is IEnumerable list and not string
            ? string.Join(' ', list.Cast<object>().Select(item => Convert.ToString(item, CultureInfo.InvariantCulture)))
            : value;
}
