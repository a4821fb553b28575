using ConvNetShell.Display.Pictures;
using ConvNetShell.Rendering.Drawing;
using SkiaSharp;

namespace ConvNetShell.Rendering.Pictures;

/// <summary>Frames parts of a picture, with the names of the frames at their corners.</summary>
internal static class PictureMarks
{
    private const float Edge = 3;

    /// <summary>Draws the frames.</summary>
    /// <param name="canvas">The page.</param>
    /// <param name="picture">The picture.</param>
    /// <param name="tile">Where it is drawn.</param>
    /// <param name="lettering">The letters of the names.</param>
    public static void Draw(SKCanvas canvas, Picture picture, SKRect tile, Lettering lettering)
    {
        using var stroke = new SKPaint
        {
            Color = Theme.Mark,
            IsStroke = true,
            StrokeWidth = 2,
            IsAntialias = true,
        };
        using var label = new SKPaint { Color = Theme.Mark };
        float across = tile.Width / picture.Width,
            down = tile.Height / picture.Height;
        canvas.Save();
        canvas.ClipRect(SKRect.Inflate(tile, 1, 1));
        for (int i = 0; i < picture.Marks.Count; i++)
        {
            int[] at = picture.Marks[i];
            SKRect frame = SKRect.Create(tile.Left + (at[1] * across), tile.Top + (at[0] * down), at[3] * across, at[2] * down);
            canvas.DrawRect(frame, stroke);
            if (i < picture.MarkNames.Count)
            {
                SKRect box = Label(frame, tile, lettering.Width(picture.MarkNames[i]) + (2 * Edge), lettering.LineHeight);
                canvas.DrawRect(box, label);
                lettering.WriteBelow(canvas, picture.MarkNames[i], box.Left + Edge, box.Top, SKColors.White);
            }
        }
        canvas.Restore();
    }

    /// <summary>Returns the place of a name: left above its frame, below it at the upper edge of the picture.</summary>
    private static SKRect Label(SKRect frame, SKRect tile, float width, float height)
    {
        float x = Math.Clamp(frame.Left - 1, tile.Left, Math.Max(tile.Left, tile.Right - width)),
            y = frame.Top - height >= tile.Top ? frame.Top - height : Math.Min(frame.Bottom, tile.Bottom - height);
        return SKRect.Create(x, y, width, height);
    }
}
