using System.Text;
using ConvNetShell.Display.Mime;
using ConvNetShell.Display.Pictures;
using ConvNetShell.Rendering.Pictures;
using SkiaSharp;

namespace ConvNetShell.Rendering.Terminal;

/// <summary>Draws a grid of pictures in a terminal.</summary>
internal static class PictureText
{
    private const int Gap = 2,
        SignalWidth = 40,
        SignalHeight = 6;

    /// <summary>Returns the grid as lines, as wide as the terminal allows.</summary>
    public static string Draw(PictureGrid grid, TerminalOptions options, int shown = 1)
    {
        var page = new GridPage(grid, new RenderOptions { PageSize = options.MostPictures, Page = shown });
        if (page.Pictures.Count == 0)
        {
            return grid.ToString();
        }
        int room = Math.Max(8, options.Width - 1),
            tile = Math.Min(Math.Min(room, options.MostTile), TileWidth(page.Pictures, room, options.Height));
        int columns = Math.Clamp(Math.Min((room + Gap) / (tile + Gap), grid.Columns ?? int.MaxValue), 1, page.Pictures.Count);
        var text = new StringBuilder();
        if (grid.Title.Length > 0)
        {
            text.AppendLine(grid.Title);
        }
        for (int start = 0; start < page.Pictures.Count; start += columns)
        {
            if (page.RowNames.Count > 0 && start % grid.Columns == 0)
            {
                text.AppendLine(page.RowNames[start / grid.Columns.GetValueOrDefault()]);
            }
            AppendRow(text, page, start, Math.Min(columns, page.Pictures.Count - start), tile);
        }
        foreach (ColorScale scale in page.Bars)
        {
            text.AppendLine(Bar(scale, page.Ranges[scale]));
        }
        foreach (string note in page.Notes)
        {
            text.AppendLine(note);
        }
        return text.ToString().TrimEnd();
    }

    /// <summary>Each pixel takes a character or more, unless that is more than the terminal has.</summary>
    private static int TileWidth(IReadOnlyList<Picture> pictures, int room, int height)
    {
        if (pictures.All(PictureImage.IsSignal))
        {
            return SignalWidth;
        }
        if (pictures.All(picture => picture.IsNumbered))
        {
            return pictures.Max(picture => CellNumbers.Lines(picture)[0].Length);
        }
        int widest = pictures.Max(picture => PictureImage.Size(picture).Width),
            tallest = pictures.Max(picture => PictureImage.Size(picture).Height);
        int magnify = Math.Max(1, pictures.Count == 1 ? Math.Min(room / widest, Math.Max(1, height - 6) * 2 / tallest) : 16 / widest);
        return Math.Max(6, widest * Math.Min(magnify, 8));
    }

    private static void AppendRow(StringBuilder text, GridPage page, int start, int count, int tile)
    {
        string[][] tiles = [.. Enumerable.Range(start, count).Select(i => Tile(page, page.Pictures[i], tile))];
        int lines = tiles.Max(lines => lines.Length);
        for (int line = 0; line < lines; line++)
        {
            text.AppendLine(
                string.Join(
                    new string(' ', Gap),
                    tiles.Select(one => line < lines - one.Length ? new string(' ', tile) : one[line - lines + one.Length])
                )
            );
        }
        for (int line = 0; line < Enumerable.Range(start, count).Max(i => page.Labels[i].Length); line++)
        {
            text.AppendLine(
                string.Join(
                        new string(' ', Gap),
                        Enumerable
                            .Range(start, count)
                            .Select(i => Cell(line < page.Labels[i].Length ? page.Labels[i][line] : string.Empty, tile))
                    )
                    .TrimEnd()
            );
        }
        text.AppendLine();
    }

    private static string[] Tile(GridPage page, Picture picture, int tile)
    {
        if (PictureImage.IsSignal(picture))
        {
            return BrailleCanvas.Draw(
                [
                    .. Enumerable
                        .Range(0, picture.Channels)
                        .Select(channel =>
                            (IReadOnlyList<double>)
                                [.. picture.Values.Skip(channel * picture.Width).Take(picture.Width).Select(value => (double)value)]
                        ),
                ],
                tile,
                SignalHeight
            );
        }
        if (picture.IsNumbered && CellNumbers.Lines(picture) is { } rows && rows[0].Length <= tile)
        {
            return [.. rows.Select(row => row.PadRight(tile))];
        }
        SKSizeI size = PictureImage.Size(picture);
        int columns = Math.Min(tile, size.Width * Math.Max(1, tile / size.Width));
        return [.. HalfBlocks.Draw(picture, page.RangeOf(picture), columns).Select(line => line + new string(' ', tile - columns))];
    }

    private static string Cell(string text, int width) => text.Length > width ? text[..Math.Max(0, width - 1)] + "…" : text.PadRight(width);

    private static string Bar(ColorScale scale, ValueRange range)
    {
        var map = Drawing.ColorMap.For(scale);
        var text = new StringBuilder(GridPage.Short(range.Low)).Append(' ');
        for (int i = 0; i < 24; i++)
        {
            text.Append(Ansi.Foreground(map.At(i / 23.0))).Append('█');
        }
        return text.Append(Ansi.Reset).Append(' ').Append(GridPage.Short(range.High)).ToString();
    }
}
