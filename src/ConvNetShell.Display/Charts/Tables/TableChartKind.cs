namespace ConvNetShell.Display.Charts.Tables;

/// <summary>How the rows of a table are drawn.</summary>
public enum TableChartKind
{
    /// <summary>Line where X is a number, Bar where it is text, Histogram where there is no Y.</summary>
    Auto,

    /// <summary>A line a group, through its points in the order of X.</summary>
    Line,

    /// <summary>A point a row.</summary>
    Scatter,

    /// <summary>A bar for each X: the mean of its Y.</summary>
    Bar,

    /// <summary>How many X lie in each of a number of equal intervals.</summary>
    Histogram,

    /// <summary>
    /// For each X the median and the quartiles of its Y; the whiskers end at the last value within 1.5 times the box's height, what lies
    /// beyond is drawn as points (Tukey 1977).
    /// </summary>
    Box,

    /// <summary>The mean of Z for each X and Y, as colors.</summary>
    HeatMap,
}
