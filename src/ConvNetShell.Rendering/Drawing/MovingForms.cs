using System.Net;
using ConvNetShell.Display.Mime;
using SkiaSharp;

namespace ConvNetShell.Rendering.Drawing;

/// <summary>The forms of a figure that moves: a GIF in HTML, and for files a GIF or a WebP.</summary>
internal static class MovingForms
{
    private const int MostFrames = 200,
        LastHundredths = 200,
        LeastHundredths = 8,
        MostHundredths = 90,
        TotalHundredths = 2_500;

    /// <summary>Adds the forms that are asked for; none where nothing moves.</summary>
    /// <param name="data">The figure's forms so far.</param>
    /// <param name="options">How it is drawn.</param>
    /// <param name="description">What a page says instead of the picture.</param>
    /// <param name="steps">The number of steps.</param>
    /// <param name="draw">Draws a step, from 0; all bitmaps have one size.</param>
    public static void Add(Dictionary<string, string> data, RenderOptions options, string description, int steps, Func<int, SKBitmap> draw)
    {
        if (steps < 2)
        {
            return;
        }
        if (options.WebP)
        {
            data[MimeBundle.WebP] = Convert.ToBase64String(AnimatedWebP.Encode(Frames(steps, draw)));
            return;
        }
        if (!options.Interactive && !options.AllForms)
        {
            return;
        }
        string moving = Convert.ToBase64String(AnimatedGif.Encode(Frames(steps, draw)));
        if (options.Interactive)
        {
            string text = WebUtility.HtmlEncode(description);
            data[MimeBundle.Html] = $"<img alt=\"{text}\" src=\"data:{MimeBundle.Gif};base64,{moving}\"/>";
        }
        if (options.AllForms)
        {
            data[MimeBundle.Gif] = moving;
        }
    }

    /// <summary>Draws the frames: of very many steps some, the last among them.</summary>
    private static IEnumerable<(SKBitmap Bitmap, int Hundredths)> Frames(int steps, Func<int, SKBitmap> draw)
    {
        int frames = Math.Min(MostFrames, steps),
            hundredths = Math.Clamp(TotalHundredths / frames, LeastHundredths, MostHundredths);
        for (int i = 0; i < frames; i++)
        {
            int step = (int)((long)(steps - 1) * i / (frames - 1));
            using SKBitmap bitmap = draw(step);
            yield return (bitmap, i == frames - 1 ? LastHundredths : hundredths);
        }
    }
}
