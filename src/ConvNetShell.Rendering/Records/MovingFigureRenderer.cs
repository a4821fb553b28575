using ConvNetShell.Display.Mime;
using ConvNetShell.Rendering.Drawing;
using SkiaSharp;

namespace ConvNetShell.Rendering.Records;

/// <summary>Draws records one after the other: the last one as a picture, all of them as an animation.</summary>
/// <param name="registry">Draws the records.</param>
public sealed class MovingFigureRenderer(RendererRegistry registry) : IRenderer<MovingFigure>
{
    /// <inheritdoc />
    public bool CanRender(MovingFigure value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.Frames.Count > 0 && value.Frames.All(registry.CanRender);
    }

    /// <inheritdoc />
    public MimeBundle Render(MovingFigure value, RenderOptions options)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(options);
        bool moves = value.Frames.Count > 1;
        MimeBundle last = registry.Render(value.Frames[^1], options with { Interactive = options.Interactive && !moves });
        var data = new Dictionary<string, string>(last.Data);
        using SKBitmap still = SKBitmap.Decode(Convert.FromBase64String(last.Data[MimeBundle.Png]));
        var size = new SKSizeI(still.Width, still.Height);
        SKColor background = Theme.For(options.Dark).Background;
        RenderOptions frame = options with { Interactive = false, AllForms = false, WebP = false };
        MovingForms.Add(
            data,
            options,
            value.Description,
            value.Frames.Count,
            index =>
            {
                string png = registry.Render(value.Frames[index], frame).Data[MimeBundle.Png];
                using SKBitmap drawn = SKBitmap.Decode(Convert.FromBase64String(png));
                return Sheet.Bitmap(size, scale: 1, background, canvas => canvas.DrawBitmap(drawn, 0, 0));
            }
        );
        return new MimeBundle(data, last.Metadata);
    }
}
