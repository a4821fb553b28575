using ConvNetShell.Display.Mime;
using ConvNetShell.Display.Records.Understanding;
using ConvNetShell.Rendering.Drawing;

namespace ConvNetShell.Rendering.Records;

/// <summary>Draws a network at work on an image.</summary>
public sealed class PanelRenderer : IRenderer<NetworkPanel>
{
    /// <inheritdoc />
    public MimeBundle Render(NetworkPanel value, RenderOptions options)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(options);
        using var painter = new PanelPainter(value, options);
        var background = Theme.For(options.Dark).Background;
        var data = new Dictionary<string, string>
        {
            [MimeBundle.PlainText] = value.ToString(),
            [MimeBundle.Png] = Convert.ToBase64String(Sheet.Png(painter.Size, options.Scale, background, painter.Draw)),
        };
        if (options.AllForms)
        {
            data[MimeBundle.Svg] = Sheet.Svg(painter.Size, background, painter.Draw);
        }
        return new MimeBundle(data);
    }
}
