using ConvNetShell.Display.Charts;
using ConvNetShell.Display.Mime;
using ConvNetShell.Rendering.Drawing;

namespace ConvNetShell.Rendering.Charts;

/// <summary>
/// Draws whatever has a chart: as Plotly's JSON for programs that draw it, as HTML that a page's script makes interactive, and as a
/// picture for all else.
/// </summary>
public sealed class ChartRenderer : IRenderer<IChartSource>
{
    /// <inheritdoc />
    public MimeBundle Render(IChartSource value, RenderOptions options)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(options);
        Chart chart = ChartReduction.Of(value.ToChart());
        var painter = new ChartPainter(chart, options);
        var background = Theme.For(options.Dark).Background;
        var data = new Dictionary<string, string>
        {
            [MimeBundle.PlainText] = chart.ToString(),
            [MimeBundle.Png] = Convert.ToBase64String(Sheet.Png(painter.Size, options.Scale, background, painter.Draw, chart: true)),
        };
        if (options.Interactive || options.AllForms)
        {
            data[MimeBundle.Plotly] = PlotlyFigure.Write(PlotlyChart.Of(chart), options);
        }
        if (options.Interactive)
        {
            data[MimeBundle.Html] = PlotlyFragment.Html(data, painter.Size.Height);
        }
        if (options.AllForms)
        {
            data[MimeBundle.Svg] = Sheet.Svg(painter.Size, background, painter.Draw);
        }
        return new MimeBundle(data);
    }
}
