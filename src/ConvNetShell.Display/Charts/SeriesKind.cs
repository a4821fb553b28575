namespace ConvNetShell.Display.Charts;

/// <summary>How a series is drawn.</summary>
public enum SeriesKind
{
    /// <summary>A line from point to point.</summary>
    Line,

    /// <summary>Points by themselves.</summary>
    Points,

    /// <summary>Bars up from zero, or to the right where the panel is horizontal.</summary>
    Bars,
}
