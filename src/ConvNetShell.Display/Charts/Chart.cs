using ConvNetShell.Display.Mime;

namespace ConvNetShell.Display.Charts;

/// <summary>Curves and bars, in panels side by side.</summary>
/// <param name="Title">The title above them; may be empty.</param>
/// <param name="Panels">The panels, from left to right.</param>
[TypeFormatterSource(MimeBundle.Html, MimeBundle.Png, MimeBundle.PlainText)]
public sealed record Chart(string Title, IReadOnlyList<ChartPanel> Panels) : IChartSource
{
    /// <summary>Gets the chart as plain text, for files and for screens that cannot draw it.</summary>
    public string Text { get; init; } = string.Empty;

    /// <summary>Returns this chart.</summary>
    /// <returns>This chart.</returns>
    public Chart ToChart() => this;

    /// <summary>Says the text, or the title and the panels.</summary>
    /// <returns>For example <c>CIFAR10: loss, accuracy</c>.</returns>
    public override string ToString() =>
        Text.Length > 0
            ? Text
            : $"{Title}: {string.Join(", ", Panels.Select(panel => panel.Title.Length > 0 ? panel.Title : panel.YTitle))}";
}
