using ConvNetShell.Display.Mime;
using ConvNetShell.Display.Records.Evaluation;
using ConvNetShell.Rendering.Charts;
using ConvNetShell.Rendering.Drawing;

namespace ConvNetShell.Rendering.Records.Predictions;

/// <summary>Draws predictions: each image with its classes as bars. A page takes 48 images.</summary>
public sealed class PredictionRenderer : IRenderer<PredictionChart>
{
    /// <inheritdoc />
    public bool CanRender(PredictionChart value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.Predictions.Count > 0;
    }

    /// <inheritdoc />
    public MimeBundle Render(PredictionChart value, RenderOptions options)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(options);
        IReadOnlyList<IReadOnlyList<Prediction>> images = value.ByImage();
        int pages = (images.Count + PredictionChart.MostImages - 1) / PredictionChart.MostImages,
            first = (Math.Clamp(options.Page, 1, pages) - 1) * PredictionChart.MostImages;
        PredictionCard[] cards = [.. images.Skip(first).Take(PredictionChart.MostImages).Select(ranks => new PredictionCard(ranks))];
        string heading = PredictionChart.Omission(images.Count, first);
        var background = Theme.For(options.Dark).Background;
        var data = new Dictionary<string, string> { [MimeBundle.PlainText] = value.ToString() };
        using (var painter = new PredictionPainter(cards, heading, options, vector: false))
        {
            data[MimeBundle.Png] = Convert.ToBase64String(Sheet.Png(painter.Size, options.Scale, background, painter.Draw));
        }
        if (options.Interactive)
        {
            data[MimeBundle.Html] = PredictionHtml.Write(cards, heading);
        }
        if (options.AllForms)
        {
            using var painter = new PredictionPainter(cards, heading, options, vector: true);
            data[MimeBundle.Svg] = Sheet.Svg(painter.Size, background, painter.Draw);

            // for files only: a notebook that takes charts would prefer it to the pictures
            data[MimeBundle.Plotly] = PlotlyFigure.Write(PlotlyChart.Of(ChartReduction.Of(value.ToChart())), options);
        }
        return new MimeBundle(data);
    }
}
