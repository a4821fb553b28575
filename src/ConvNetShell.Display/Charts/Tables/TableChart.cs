namespace ConvNetShell.Display.Charts.Tables;

/// <summary>Draws the rows of any table.</summary>
public static class TableChart
{
    /// <summary>Returns the chart of rows. Rows without the numbers that the kind needs are left out.</summary>
    /// <param name="kind">How they are drawn.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="axes">The names and scales.</param>
    /// <returns>The chart.</returns>
    public static Chart Of(TableChartKind kind, IReadOnlyList<TableRow> rows, TableAxes axes)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(axes);
        ChartPanel panel = kind switch
        {
            TableChartKind.Histogram => HistogramPanel.Of(rows, axes),
            TableChartKind.Box => BoxPanel.Of(rows, axes),
            TableChartKind.HeatMap => HeatMapPanel.Of(rows, axes),
            TableChartKind.Bar => CurvePanel.Bars(rows, axes),
            TableChartKind.Scatter => CurvePanel.Of(rows, axes, SeriesKind.Points),
            _ => CurvePanel.Of(rows, axes, SeriesKind.Line),
        };
        return new Chart(axes.Title, [panel]);
    }

    /// <summary>Returns the kind that suits rows.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="hasY">Whether they have a Y.</param>
    /// <param name="hasZ">Whether they have a Z.</param>
    /// <returns>The kind.</returns>
    public static TableChartKind Suit(IReadOnlyList<TableRow> rows, bool hasY, bool hasZ) =>
        hasZ ? TableChartKind.HeatMap
        : !hasY ? TableChartKind.Histogram
        : rows.All(row => row.X.IsNumber) ? TableChartKind.Line
        : TableChartKind.Bar;

    /// <summary>Returns whether a row has what a kind draws.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="row">The row.</param>
    /// <param name="axes">The scales: a logarithmic one takes only numbers above zero.</param>
    /// <returns>Whether it is drawn.</returns>
    public static bool IsDrawn(TableChartKind kind, TableRow row, TableAxes axes)
    {
        ArgumentNullException.ThrowIfNull(axes);
        bool Fits(TableValue value, bool isLogarithmic) => value.IsNumber && (!isLogarithmic || value.Number > 0);
        return kind switch
        {
            TableChartKind.Histogram => Fits(row.X, axes.LogX),
            TableChartKind.HeatMap => row.Z.IsNumber,
            _ => Fits(row.Y, axes.LogY) && (!axes.LogX || Fits(row.X, true)),
        };
    }
}
