namespace ConvNetShell.Display.Charts;

/// <summary>A word at a point of a panel.</summary>
/// <param name="X">Where it stands on the horizontal axis.</param>
/// <param name="Y">Where it stands on the vertical axis.</param>
/// <param name="Text">The word, centered there.</param>
public sealed record ChartLabel(double X, double Y, string Text);
