namespace ConvNetShell.Display.Records.Sweeps;

/// <summary>The charts of a sweep.</summary>
public enum SweepPlot
{
    /// <summary>The objective of each trial, and the best so far.</summary>
    History,

    /// <summary>A line a trial through the values of all parameters to the objective.</summary>
    Parallel,

    /// <summary>How much of the objective's variance each parameter explains.</summary>
    Importance,

    /// <summary>The objective over the values of each parameter.</summary>
    Slice,

    /// <summary>The objective over two parameters.</summary>
    Contour,

    /// <summary>The objective by epoch, a curve a trial.</summary>
    Intermediate,
}
