namespace ConvNetShell.Display.Charts.Tables;

/// <summary>Lines, points and bars.</summary>
internal static class CurvePanel
{
    public static ChartPanel Of(IReadOnlyList<TableRow> rows, TableAxes axes, SeriesKind kind)
    {
        TableCategories? categories = rows.All(row => row.X.IsNumber) ? null : new TableCategories(rows.Select(row => row.X));
        IEnumerable<ChartSeries> series = rows.GroupBy(row => row.Group)
            .Select(group =>
            {
                (double X, double Y)[] points =
                [
                    .. group.Select(row => (categories?[row.X] ?? row.X.Number, row.Y.Number)).OrderBy(point => point.Item1),
                ];
                return new ChartSeries(group.Key, [.. points.Select(point => point.X)], [.. points.Select(point => point.Y)], kind);
            });
        return new ChartPanel(string.Empty, axes.X, axes.Y, [.. series])
        {
            Categories = categories?.Names ?? [],
            LogarithmicX = axes.LogX && categories is null,
            Logarithmic = axes.LogY,
        };
    }

    public static ChartPanel Bars(IReadOnlyList<TableRow> rows, TableAxes axes)
    {
        var categories = new TableCategories(rows.Select(row => row.X));
        IEnumerable<ChartSeries> series = rows.GroupBy(row => row.Group)
            .Select(group =>
            {
                (int Index, double Mean)[] bars =
                [
                    .. group
                        .GroupBy(row => categories[row.X])
                        .Select(same => (same.Key, same.Average(row => row.Y.Number)))
                        .OrderBy(bar => bar.Key),
                ];
                return new ChartSeries(
                    group.Key,
                    [.. bars.Select(bar => (double)bar.Index)],
                    [.. bars.Select(bar => bar.Mean)],
                    SeriesKind.Bars
                );
            });
        return new ChartPanel(string.Empty, axes.X, axes.Y, [.. series]) { Categories = categories.Names, Logarithmic = axes.LogY };
    }
}
