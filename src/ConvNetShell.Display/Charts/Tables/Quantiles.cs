namespace ConvNetShell.Display.Charts.Tables;

/// <summary>Quantiles with linear interpolation, as NumPy has them by default.</summary>
internal static class Quantiles
{
    /// <summary>Returns a quantile of numbers in ascending order.</summary>
    public static double Of(IReadOnlyList<double> sorted, double fraction)
    {
        double at = fraction * (sorted.Count - 1);
        int below = (int)at;
        double above = sorted[Math.Min(below + 1, sorted.Count - 1)];
        return sorted[below] + ((at - below) * (above - sorted[below]));
    }
}
