using ConvNetShell.Display.Records.Training;

namespace ConvNetShell.Rendering;

/// <summary>
/// Names runs of one chart. Those of one network and dataset are told apart by the settings and the layers that differ, else by numbers.
/// </summary>
internal static class HistoryNames
{
    private const int MostSettings = 3,
        MostLetters = 48;

    /// <summary>Returns a name for each run.</summary>
    /// <param name="charts">The runs.</param>
    public static string[] Of(IReadOnlyList<HistoryChart> charts)
    {
        string[] names = [.. charts.Select(chart => Name(chart, [.. charts.Where(other => other.Title == chart.Title)]))];
        return
        [
            .. names.Select((name, i) => names.Count(other => other == name) > 1 ? FormattableString.Invariant($"{name} ({i + 1})") : name),
        ];
    }

    private static string Name(HistoryChart chart, HistoryChart[] alike)
    {
        string[] differences =
        [
            .. chart
                .Settings.Where(setting => alike.Any(other => other.Settings.GetValueOrDefault(setting.Key) != setting.Value))
                .OrderByDescending(setting => setting.Key == HistoryChart.Layers)
                .Select(setting => setting.Key == HistoryChart.Layers ? Words(chart, alike) : $"{setting.Key} {setting.Value}")
                .Where(text => text.Length > 0)
                .Take(MostSettings),
        ];
        string name = string.Join(", ", [chart.Title, .. differences]);
        return name.Length <= chart.Title.Length + MostLetters ? name : name[..(chart.Title.Length + MostLetters - 1)] + "…";
    }

    /// <summary>Returns the layers that others lack, or those that only others have.</summary>
    private static string Words(HistoryChart chart, HistoryChart[] alike)
    {
        string[] own = Split(chart);
        string[][] others = [.. alike.Select(Split)];
        string[] more = [.. own.Where(word => others.Any(other => Count(other, word) < Count(own, word))).Distinct()],
            fewer = [.. others.SelectMany(other => other.Where(word => Count(other, word) > Count(own, word))).Distinct()];
        return more.Length > 0 ? string.Join(' ', more)
            : fewer.Length > 0 ? $"without {string.Join(' ', fewer)}"
            : string.Empty;
    }

    private static string[] Split(HistoryChart chart) => chart.Settings.GetValueOrDefault(HistoryChart.Layers, string.Empty).Split(' ');

    private static int Count(string[] words, string word) => words.Count(other => other == word);
}
