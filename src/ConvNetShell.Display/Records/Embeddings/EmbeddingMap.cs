using ConvNetShell.Display.Charts;
using ConvNetShell.Display.Mime;

namespace ConvNetShell.Display.Records.Embeddings;

/// <summary>Embeddings as points of a plane.</summary>
/// <param name="Method">How they came there: PCA or t-SNE.</param>
/// <param name="Network">The network's name.</param>
/// <param name="Data">The dataset and the split.</param>
/// <param name="By">What the points are colored by.</param>
/// <param name="Points">The points.</param>
[TypeFormatterSource(MimeBundle.Html, MimeBundle.Png, MimeBundle.PlainText)]
public sealed record EmbeddingMap(string Method, string Network, string Data, string By, IReadOnlyList<EmbeddingPoint> Points)
    : IChartSource
{
    /// <summary>Gets the fraction of the variance that each of the two axes has; empty for t-SNE, whose axes mean nothing.</summary>
    public IReadOnlyList<double> Variance { get; init; } = [];

    /// <summary>Gets the panel of this map, to stand beside others.</summary>
    /// <returns>The panel.</returns>
    public ChartPanel ToPanel()
    {
        IGrouping<string, EmbeddingPoint>[] groups = [.. Points.GroupBy(point => point.Group).OrderBy(g => g.Key, StringComparer.Ordinal)];
        return new ChartPanel(
            Method,
            Axis(0),
            Axis(1),
            [
                .. groups.Select(group => new ChartSeries(
                    group.Key,
                    [.. group.Select(point => point.X)],
                    [.. group.Select(point => point.Y)],
                    SeriesKind.Points
                )
                {
                    Hints = [.. group.Select(point => point.Source)],
                }),
            ]
        );
    }

    /// <inheritdoc />
    public Chart ToChart() => new(ToString(), [ToPanel()]);

    /// <summary>Says the network, the data and the method.</summary>
    /// <returns>For example <c>FaceNetSmall on Faces Test: 400 embeddings by PCA, colored by Class</c>.</returns>
    public override string ToString() =>
        FormattableString.Invariant($"{Network} on {Data}: {Points.Count} embeddings by {Method}, colored by {By}");

    private string Axis(int index) =>
        Variance.Count > index ? FormattableString.Invariant($"component {index + 1} ({100 * Variance[index]:F0} % of the variance)") : " ";
}
