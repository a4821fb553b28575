using ConvNetShell.Rendering.Drawing;
using SkiaSharp;

namespace ConvNetShell.Rendering.Pictures;

/// <summary>
/// Where the pictures of a page stand: one size for all cells, pixels magnified by one whole number so that grids align; only pictures far
/// smaller than the others are magnified more.
/// </summary>
internal sealed class GridLayout
{
    private const float DefaultWidth = 880,
        MostNames = 150,
        MostNumbered = 44, // pixels of a cell with its number
        MostInColumn = 144, // the side of a picture where the columns are given
        FarSmaller = 3;
    private const int FewLarge = 3;
    public const float Margin = 14,
        Gap = 8,
        BarWidth = 78;
    private readonly SKSizeI[] pixels;
    private readonly bool[] signals;

    public GridLayout(GridPage page, int? width, Lettering caption, float headings)
    {
        pixels =
        [
            .. page.Pictures.Select(picture =>
                PictureImage.Size(picture.Under is { } under && under.Width > picture.Width ? under : picture)
            ),
        ];
        signals = [.. page.Pictures.Select(PictureImage.IsSignal)];
        int count = page.Pictures.Count;
        Bars = page.Bars.Count;
        Names = page.RowNames.Count == 0 ? 0 : MathF.Ceiling(Math.Min(MostNames, page.RowNames.Max(caption.Width))) + Gap;
        float room = (width ?? DefaultWidth) - (2 * Margin) - (Bars * BarWidth) - Names;
        float side = width is null || count > 1 ? Side(count) : room;
        if (count > 1 && page.Grid.Columns is int wanted)
        {
            side = Math.Max(side, Math.Min(MostInColumn, ((room + Gap) / Math.Min(wanted, count)) - Gap));
        }
        bool onlySignals = signals.Length > 0 && signals.All(signal => signal);
        SKSizeI[] sized = onlySignals ? pixels : [.. pixels.Where((_, i) => !signals[i])]; // a signal is drawn in a size of its own
        int widest = sized.Length == 0 ? 1 : sized.Max(size => size.Width),
            tallest = sized.Length == 0 ? 1 : sized.Max(size => size.Height);
        if (widest > 3 * tallest && !onlySignals)
        {
            side = Math.Min(room, side * 2.5f); // the frames of a clip
        }
        int longest = Math.Max(widest, tallest);
        if (count <= FewLarge && longest > side)
        {
            side = Math.Max(side, ((room + Gap) / count) - Gap); // large pictures are as large as the page allows
        }
        Magnify = longest <= side ? MathF.Floor(side / longest) : Math.Min(1, Math.Max(side, 96) / longest);
        if (count > 0 && page.Pictures.All(picture => picture.IsNumbered))
        {
            float cell = page.Pictures.Max(CellNumbers.Side);
            Magnify = Math.Clamp(Magnify, Math.Min(cell, room / widest), Math.Max(cell, MostNumbered));
        }
        SignalSize = new SKSize(Math.Clamp(side * 1.6f, 120, room), Math.Clamp(side * 0.7f, 56, 220));
        Tile = onlySignals
            ? SignalSize
            : new SKSize(
                Math.Min(room, Math.Max(widest * Magnify, signals.Any(signal => signal) ? SignalSize.Width : 0)),
                Math.Max(tallest * Magnify, signals.Any(signal => signal) ? SignalSize.Height : 0)
            );
        int lines = page.Labels.Count == 0 ? 0 : page.Labels.Max(label => label.Length);
        float longestLabel = page.Labels.SelectMany(label => label).Select(caption.Width).DefaultIfEmpty(0).Max();
        float most = count switch
        {
            1 => room,
            <= 12 => Math.Max(Tile.Width, 190),
            <= 60 => Math.Max(Tile.Width, 150),
            _ => Math.Max(Tile.Width, 44),
        };
        Cell = new SKSize(
            Math.Max(Tile.Width, MathF.Ceiling(Math.Min(longestLabel, most))),
            Tile.Height + (lines == 0 ? 0 : 3 + (lines * caption.LineHeight))
        );
        Columns = Math.Clamp(page.Grid.Columns ?? Balanced(count, (int)((room + Gap) / (Cell.Width + Gap))), 1, Math.Max(1, count));
        Rows = (count + Columns - 1) / Columns;
        Top = Margin + headings;
        GridSize = new SKSize(Names + (Columns * (Cell.Width + Gap)) - Gap, Math.Max(0, (Rows * (Cell.Height + Gap)) - Gap));
    }

    /// <summary>Gets the room for the names of rows, at the left.</summary>
    public float Names { get; }

    public float Magnify { get; }

    public SKSize Tile { get; }

    public SKSize Cell { get; }

    public SKSize SignalSize { get; }

    public SKSize GridSize { get; }

    public int Columns { get; }

    public int Rows { get; }

    public int Bars { get; }

    public float Top { get; }

    /// <summary>Returns the left top of a cell.</summary>
    public SKPoint CellAt(int index) =>
        new(Margin + Names + (index % Columns * (Cell.Width + Gap)), Top + (index / Columns * (Cell.Height + Gap)));

    /// <summary>Returns where a picture itself is drawn: in the middle of its cell, on the common base line.</summary>
    public SKRect TileAt(int index)
    {
        SKPoint cell = CellAt(index);
        float magnify = MagnifyOf(pixels[index]);
        SKSize size = signals[index] ? SignalSize : new SKSize(pixels[index].Width * magnify, pixels[index].Height * magnify);
        float shrink = Math.Min(1, Tile.Width / size.Width);
        size = new SKSize(size.Width * shrink, size.Height * shrink);
        return SKRect.Create(
            cell.X + MathF.Floor((Cell.Width - size.Width) / 2),
            cell.Y + Tile.Height - size.Height,
            size.Width,
            size.Height
        );
    }

    /// <summary>
    /// Returns how much a picture is magnified: one far smaller than its neighbors, as a filter beside its maps, more than they.
    /// </summary>
    private float MagnifyOf(SKSizeI size)
    {
        float fits = MathF.Floor(Math.Min(Tile.Width / size.Width, Tile.Height / size.Height));
        return fits >= FarSmaller * Magnify ? fits : Magnify;
    }

    private static float Side(int count) =>
        count switch
        {
            <= 1 => 320,
            <= 4 => 200,
            <= 10 => 144,
            <= 20 => 104,
            <= 40 => 80,
            <= 100 => 56,
            _ => 40,
        };

    /// <summary>Returns at most so many columns, fewer where the rows stay as many and the last one is fuller.</summary>
    private static int Balanced(int count, int most)
    {
        most = Math.Max(1, most);
        int rows = (count + most - 1) / most;
        return rows == 0 ? 1 : (count + rows - 1) / rows;
    }
}
