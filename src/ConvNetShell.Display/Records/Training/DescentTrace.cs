using ConvNetShell.Display.Charts;
using ConvNetShell.Display.Mime;

namespace ConvNetShell.Display.Records.Training;

/// <summary>Descents on one surface as a figure: their whole paths, or an animation of them.</summary>
/// <param name="Surface">The surface.</param>
/// <param name="Steps">The steps, optimizer by optimizer.</param>
public sealed record DescentTrace(DescentSurface Surface, IReadOnlyList<DescentStep> Steps)
{
    private const int MostFrames = 60;

    /// <summary>Returns a chart of the paths up to a step, for each step, or of very many for some.</summary>
    /// <returns>The figure.</returns>
    public MovingFigure ToFigure()
    {
        IGrouping<string, DescentStep>[] paths = [.. Steps.GroupBy(step => step.Optimizer)];
        int longest = paths.Max(path => path.Count()),
            frames = Math.Min(MostFrames, longest);
        return new MovingFigure(
            "A descent, step by step",
            [.. Enumerable.Range(0, frames).Select(i => Until(paths, frames == 1 ? 1 : 1 + ((longest - 1) * i / (frames - 1))))]
        );
    }

    /// <summary>Gives the last step of each optimizer, a line each.</summary>
    /// <returns>For example <c>Adam, step 50 at 1, 0: loss 1e-05</c>.</returns>
    public override string ToString() => string.Join('\n', Steps.GroupBy(step => step.Optimizer).Select(path => path.Last()));

    private Chart Until(IGrouping<string, DescentStep>[] paths, int count)
    {
        IReadOnlyList<double> y = Surface.Field.Y;
        double half = (y[^1] - y[0]) / (y.Count - 1) / 2; // a cell reaches that far round its number
        ChartSeries[] lines =
        [
            .. paths.Select(path => new ChartSeries(
                path.Key,
                [.. path.Take(count).Select(step => step.X)],
                [.. path.Take(count).Select(step => step.Y)]
            )
            {
                Plain = true,
            }),
        ];
        ChartSeries[] ends =
        [
            .. lines.Select((line, i) => new ChartSeries(string.Empty, [line.X[^1]], [line.Y[^1]], SeriesKind.Points) { Color = i }),
        ];
        return new Chart(
            FormattableString.Invariant($"{Surface.Name}, step {count - 1}"),
            [
                new ChartPanel(string.Empty, "x", "y", [.. lines, .. ends])
                {
                    Field = Surface.Field,
                    Low = y[0] - half,
                    High = y[^1] + half,
                },
            ]
        )
        {
            Text = ToString(),
        };
    }
}
