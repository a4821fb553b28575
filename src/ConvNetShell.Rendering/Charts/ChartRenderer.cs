using ConvNetShell.Display.Charts;
using ConvNetShell.Display.Mime;
using ConvNetShell.Rendering.Drawing;

namespace ConvNetShell.Rendering.Charts;

/// <summary>Draws whatever has a chart: interactive for a page that has scripts, and as a picture for all else.</summary>
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
        string figure = PlotlyFigure.Write(PlotlyChart.Of(chart), options);
        if (options.Interactive)
        {
            data[MimeBundle.Html] = PlotlyFragment.Html(figure, chart.ToString(), painter.Size.Height);
        }
        if (options.AllForms)
        {
            data[MimeBundle.Svg] = Sheet.Svg(painter.Size, background, painter.Draw);
            data[MimeBundle.Plotly] = figure;
        }
        return new MimeBundle(data);
    }
}
