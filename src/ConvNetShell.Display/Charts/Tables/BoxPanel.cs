namespace ConvNetShell.Display.Charts.Tables;

/// <summary>Boxes of quartiles, a category each; several groups stand side by side.</summary>
internal static class BoxPanel
{
    private const double Room = 0.8,
        Reach = 1.5;

    public static ChartPanel Of(IReadOnlyList<TableRow> rows, TableAxes axes)
    {
        var categories = new TableCategories(rows.Select(row => row.X));
        IGrouping<string, TableRow>[] groups = [.. rows.GroupBy(row => row.Group)];
        double width = Room / groups.Length;
        var series = new List<ChartSeries>();
        foreach ((int index, IGrouping<string, TableRow> group) in groups.Index())
        {
            var line = new Outline();
            var beyond = new Outline();
            foreach (IGrouping<int, TableRow> same in group.GroupBy(row => categories[row.X]).OrderBy(same => same.Key))
            {
                double center = same.Key + ((index - ((groups.Length - 1) / 2.0)) * width);
                Draw([.. same.Select(row => row.Y.Number).Order()], center, 0.4 * width, line, beyond);
            }

            series.Add(new ChartSeries(group.Key, line.X, line.Y) { Color = index });
            if (beyond.X.Count > 0)
            {
                series.Add(new ChartSeries(string.Empty, beyond.X, beyond.Y, SeriesKind.Points) { Color = index });
            }
        }

        return new ChartPanel(string.Empty, axes.X, axes.Y, series) { Categories = categories.Names, Logarithmic = axes.LogY };
    }

    private static void Draw(double[] sorted, double center, double half, Outline line, Outline beyond)
    {
        (double low, double middle, double high) = (Quantiles.Of(sorted, 0.25), Quantiles.Of(sorted, 0.5), Quantiles.Of(sorted, 0.75));
        double reach = Reach * (high - low);
        double[] within = Array.FindAll(sorted, value => value >= low - reach && value <= high + reach);
        (double left, double right) = (center - half, center + half);
        line.Add((left, low), (left, high), (right, high), (right, low), (left, low));
        line.Add((left, middle), (right, middle));
        line.Add((center, low), (center, within[0]));
        line.Add((center, high), (center, within[^1]));
        foreach (double value in Array.FindAll(sorted, value => value < within[0] || value > within[^1]))
        {
            beyond.X.Add(center);
            beyond.Y.Add(value);
        }
    }

    private sealed class Outline
    {
        public List<double> X { get; } = [];

        public List<double> Y { get; } = [];

        /// <summary>Adds a line, and a gap behind it.</summary>
        public void Add(params ReadOnlySpan<(double X, double Y)> points)
        {
            foreach ((double x, double y) in points)
            {
                X.Add(x);
                Y.Add(y);
            }

            X.Add(points[^1].X);
            Y.Add(double.NaN);
        }
    }
}
