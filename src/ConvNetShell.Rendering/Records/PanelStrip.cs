using ConvNetShell.Display.Pictures;
using ConvNetShell.Rendering.Drawing;
using ConvNetShell.Rendering.Pictures;
using SkiaSharp;

namespace ConvNetShell.Rendering.Records;

/// <summary>A heading and small pictures that follow one another, in one range of colors: a part of a layer in a network's panel.</summary>
internal sealed class PanelStrip
{
    private const float Gap = 3,
        Heading = 17,
        CurveWidth = 132,
        CurveHeight = 42,
        LoneCurveWidth = 420,
        LoneCurveHeight = 64;
    private const int Most = 48,
        Planes = 64;
    private readonly string name;
    private readonly IReadOnlyList<Picture> pictures;
    private readonly int left;
    private readonly ValueRange range;
    private readonly float magnify;
    private readonly SKSizeI pixels;
    private readonly int columns;
    private readonly bool curves;

    /// <param name="name">The heading.</param>
    /// <param name="all">The pictures.</param>
    /// <param name="room">The width in pixels.</param>
    /// <param name="curves">Whether they are signals, which are drawn as curves in one range.</param>
    public PanelStrip(string name, IReadOnlyList<Picture> all, float room, bool curves)
    {
        this.name = name;
        this.curves = curves;
        pixels = PictureImage.Size(all[0]);
        pictures = [.. all.Take(all[0].Channels > 4 ? Math.Max(4, Most * 4 / Math.Min(all[0].Channels, Planes)) : Most)];
        left = all.Count - pictures.Count;
        range = ValueRange.Common(all);
        int longest = Math.Max(pixels.Width, pixels.Height);
        float wanted =
            pixels.Height == 1 ? Math.Min(14, room / pixels.Width)
            : all[0].Channels > 1 && !PictureImage.IsColor(all[0]) ? Math.Max(1, MathF.Floor(64f / longest))
            : longest >= 48 ? Math.Min(1, 96f / longest)
            : MathF.Max(
                1,
                MathF.Floor(
                    (
                        all.Count == 1 ? 96
                        : longest <= 6 ? 28
                        : 40
                    ) / (float)longest
                )
            );
        magnify = Math.Min(wanted, room / pixels.Width);
        Tile =
            !curves ? new SKSize(pixels.Width * magnify, pixels.Height == 1 ? (all.Count == 1 ? 14 : 5) : pixels.Height * magnify)
            : all.Count == 1 ? new SKSize(Math.Min(room, LoneCurveWidth), LoneCurveHeight)
            : new SKSize(CurveWidth, CurveHeight);
        columns = Math.Max(1, (int)((room + Gap) / (Tile.Width + Gap)));
        int rows = (pictures.Count + columns - 1) / columns;
        columns = (pictures.Count + rows - 1) / rows; // no row of one after a full one
        Height = Heading + (rows * (Tile.Height + Gap)) + 5;
    }

    /// <summary>Gets the height of all.</summary>
    public float Height { get; }

    private SKSize Tile { get; }

    /// <summary>Draws the strip.</summary>
    public void Draw(SKCanvas canvas, float x, float y, Lettering lettering, Theme theme)
    {
        bool colors = PictureImage.IsColor(pictures[0]) && pictures[0].Low is null;
        string numbers = colors
            ? string.Empty
            : $"   {GridPage.Short(pictures.Min(picture => picture.Min))} to {GridPage.Short(pictures.Max(picture => picture.Max))}";
        string more = left > 0 ? FormattableString.Invariant($"   and {left:N0} more") : string.Empty;
        int odd = pictures.Sum(picture => picture.NaNCount);
        string strange = odd > 0 ? FormattableString.Invariant($"   {odd:N0} not finite") : string.Empty;
        string heading = name.Length == 0 && numbers.Length > 0 ? "values" : name;
        lettering.WriteBelow(canvas, heading + numbers + more + strange, x, y, theme.Muted);
        (double Low, double High) ends = (
            pictures.Min(picture => picture.Low ?? picture.Min),
            pictures.Max(picture => picture.High ?? picture.Max)
        );
        for (int i = 0; i < pictures.Count; i++)
        {
            SKRect tile = SKRect.Create(
                x + (i % columns * (Tile.Width + Gap)),
                y + Heading + (i / columns * (Tile.Height + Gap)),
                Tile.Width,
                Tile.Height
            );
            if (curves)
            {
                SignalPainter.Draw(canvas, pictures[i], tile, theme, ends);
                continue;
            }
            using SKImage image = PictureImage.Draw(
                pictures[i],
                pictures[i].Scale == ColorScale.Natural ? ValueRange.Of(pictures[i]) : range
            );
            SKSamplingOptions sampling =
                magnify < 1 ? new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear) : new SKSamplingOptions(SKFilterMode.Nearest);
            canvas.DrawImage(image, tile, sampling);
        }
    }
}
