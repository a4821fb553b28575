namespace ConvNetShell.Display.Charts.Tables;

/// <summary>The mean of a number for each pair of two others, as colors; the cells are of one size.</summary>
internal static class HeatMapPanel
{
    public static ChartPanel Of(IReadOnlyList<TableRow> rows, TableAxes axes)
    {
        TableCategories across = new(rows.Select(row => row.X)),
            up = new(rows.Select(row => row.Y));
        double[][] means = [.. up.Names.Select(_ => Enumerable.Repeat(double.NaN, across.Names.Count).ToArray())];
        foreach (var cell in rows.GroupBy(row => (Across: across[row.X], Up: up[row.Y])))
        {
            means[cell.Key.Up][cell.Key.Across] = cell.Average(row => row.Z.Number);
        }

        var field = new ChartField(axes.Z, Indexes(across), Indexes(up), means);
        return new ChartPanel(string.Empty, axes.X, axes.Y, [])
        {
            Field = field,
            Categories = across.Names,
            Levels = up.Names,
        };
    }

    private static double[] Indexes(TableCategories categories) =>
        [.. Enumerable.Range(0, categories.Names.Count).Select(index => (double)index)];
}
