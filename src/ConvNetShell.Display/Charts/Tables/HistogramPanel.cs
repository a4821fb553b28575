using System.Globalization;

namespace ConvNetShell.Display.Charts.Tables;

/// <summary>
/// How many numbers lie in each of equal intervals, which are called by their lower ends; on a logarithmic axis they are equal there.
/// </summary>
internal static class HistogramPanel
{
    private const int MostBins = 60;

    public static ChartPanel Of(IReadOnlyList<TableRow> rows, TableAxes axes)
    {
        double Along(TableRow row) => axes.LogX ? Math.Log10(row.X.Number) : row.X.Number;
        double[] sorted = [.. rows.Select(Along).Order()];
        (double low, double high) = (sorted[0], sorted[^1]);
        int bins = low == high ? 1 : axes.Bins ?? Suit(sorted);
        double width = low == high ? 1 : (high - low) / bins;
        int Bin(TableRow row) => Math.Min(bins - 1, (int)((Along(row) - low) / width));
        string End(int bin)
        {
            double at = low + (bin * width);
            return (axes.LogX ? Math.Pow(10, at) : at).ToString("G4", CultureInfo.InvariantCulture);
        }

        IEnumerable<ChartSeries> series = rows.GroupBy(row => row.Group)
            .Select(group =>
            {
                double[] counts = new double[bins];
                foreach (TableRow row in group)
                {
                    counts[Bin(row)]++;
                }

                return new ChartSeries(group.Key, [.. Enumerable.Range(0, bins).Select(bin => (double)bin)], counts, SeriesKind.Bars);
            });
        return new ChartPanel(string.Empty, bins > 1 ? axes.X + ", from" : axes.X, axes.Y, [.. series])
        {
            Categories = [.. Enumerable.Range(0, bins).Select(End)],
            Logarithmic = axes.LogY,
        };
    }

    /// <summary>Returns the number of intervals by Freedman and Diaconis (1981): their width is 2 IQR / n^(1/3).</summary>
    private static int Suit(double[] sorted)
    {
        double width = 2 * (Quantiles.Of(sorted, 0.75) - Quantiles.Of(sorted, 0.25)) / Math.Cbrt(sorted.Length);
        double wanted = width > 0 ? (sorted[^1] - sorted[0]) / width : Math.Sqrt(sorted.Length);
        return (int)Math.Clamp(Math.Ceiling(wanted), 1, MostBins);
    }
}
