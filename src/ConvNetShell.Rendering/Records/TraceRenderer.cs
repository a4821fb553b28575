using ConvNetShell.Display.Mime;
using ConvNetShell.Display.Records.Operators;
using ConvNetShell.Rendering.Drawing;
using SkiaSharp;

namespace ConvNetShell.Rendering.Records;

/// <summary>Draws the steps of a convolution: its last step as a picture, all of them as an animation.</summary>
public sealed class TraceRenderer : IRenderer<ConvolutionTrace>
{
    private const int MostFrames = 200,
        LastHundredths = 200,
        LeastHundredths = 8,
        MostHundredths = 90,
        TotalHundredths = 2_500,
        MostNumbers = 16_384,
        MostSide = 256;

    /// <inheritdoc />
    public bool CanRender(ConvolutionTrace value)
    {
        ArgumentNullException.ThrowIfNull(value);
        ConvolutionScene scene = value.Scene;
        return scene.Input.Count <= MostNumbers
            && scene.InputSizes.Max() <= MostSide
            && scene.OutputSizes.Max() <= MostSide
            && scene.OutputSizes.Aggregate((long)scene.Maps, (count, size) => count * size) <= MostNumbers;
    }

    /// <inheritdoc />
    public MimeBundle Render(ConvolutionTrace value, RenderOptions options)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(options);
        using var painter = new TracePainter(value, options);
        SKColor background = Theme.For(options.Dark).Background;
        int last = value.Steps.Count - 1;
        var data = new Dictionary<string, string>
        {
            [MimeBundle.PlainText] = value.ToString(),
            [MimeBundle.Png] = Convert.ToBase64String(
                Sheet.Png(painter.Size, options.Scale, background, canvas => painter.Draw(canvas, last), chart: true)
            ),
        };
        string? moving =
            (options.Interactive || options.AllForms) && last > 0
                ? Convert.ToBase64String(AnimatedGif.Encode(Frames(painter, options.Scale, background, last)))
                : null;
        if (options.Interactive && moving is not null)
        {
            data[MimeBundle.Html] = $"<img alt=\"A convolution, step by step\" src=\"data:{MimeBundle.Gif};base64,{moving}\"/>";
        }
        if (options.AllForms)
        {
            if (moving is not null)
            {
                data[MimeBundle.Gif] = moving;
            }
            data[MimeBundle.Svg] = Sheet.Svg(painter.Size, background, canvas => painter.Draw(canvas, last));
        }
        return new MimeBundle(data);
    }

    /// <summary>Draws the frames: of very many steps some, the last among them.</summary>
    private static IEnumerable<(SKBitmap Bitmap, int Hundredths)> Frames(TracePainter painter, float scale, SKColor background, int last)
    {
        int frames = Math.Min(MostFrames, last + 1),
            hundredths = Math.Clamp(TotalHundredths / frames, LeastHundredths, MostHundredths);
        for (int i = 0; i < frames; i++)
        {
            int step = (int)((long)last * i / (frames - 1));
            using SKBitmap bitmap = Sheet.Bitmap(painter.Size, scale, background, canvas => painter.Draw(canvas, step));
            yield return (bitmap, step == last ? LastHundredths : hundredths);
        }
    }
}
