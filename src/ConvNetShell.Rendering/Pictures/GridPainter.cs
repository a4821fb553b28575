using ConvNetShell.Display.Mime;
using ConvNetShell.Display.Pictures;
using ConvNetShell.Rendering.Drawing;
using SkiaSharp;

namespace ConvNetShell.Rendering.Pictures;

/// <summary>Draws a page of pictures: title, grid, captions, scale bars, notes.</summary>
internal sealed class GridPainter : IDisposable
{
    private const float NotesGap = 10;
    private readonly Lettering title = new(15, bold: true),
        caption = new(11),
        note = new(11.5f);
    private readonly GridPage page;
    private readonly GridLayout layout;
    private readonly Theme theme;
    private readonly bool vector;
    private readonly List<string> titles,
        notes;

    public GridPainter(GridPage page, RenderOptions options, bool vector)
    {
        this.page = page;
        this.vector = vector;
        theme = Theme.For(options.Dark);
        float most = (options.Width ?? 880) - (2 * GridLayout.Margin);
        titles = page.Grid.Title.Length == 0 ? [] : Wrapping.Lines(page.Grid.Title, title, most);
        layout = new GridLayout(page, options.Width, caption, titles.Count == 0 ? 0 : (titles.Count * title.LineHeight) + 8);
        float inside = Math.Max(
            layout.GridSize.Width + (layout.Bars * GridLayout.BarWidth),
            titles.Select(title.Width).DefaultIfEmpty(0).Max()
        );
        inside = Math.Max(inside, Math.Min(most, page.Notes.Select(note.Width).DefaultIfEmpty(0).Max()));
        notes = [.. page.Notes.SelectMany(line => Wrapping.Lines(line, note, inside))];
        float bottom = layout.Top + layout.GridSize.Height + (notes.Count == 0 ? 0 : NotesGap + (notes.Count * note.LineHeight));
        Size = new SKSizeI(
            (int)MathF.Ceiling(inside + (2 * GridLayout.Margin)),
            (int)
                MathF.Ceiling(
                    Math.Max(bottom, layout.Top + (layout.Bars > 0 ? ScaleBar.Least + caption.LineHeight : 0)) + GridLayout.Margin
                )
        );
    }

    /// <summary>Gets the size of the page.</summary>
    public SKSizeI Size { get; }

    /// <summary>Draws the page.</summary>
    public void Draw(SKCanvas canvas)
    {
        for (int i = 0; i < titles.Count; i++)
        {
            title.WriteBelow(canvas, titles[i], GridLayout.Margin, GridLayout.Margin + (i * title.LineHeight), theme.Text);
        }
        for (int i = 0; i < page.Pictures.Count; i++)
        {
            SKRect tile = layout.TileAt(i);
            DrawPicture(canvas, page.Pictures[i], tile);
            SKPoint cell = layout.CellAt(i);
            for (int line = 0; line < page.Labels[i].Length; line++)
            {
                caption.WriteBelow(
                    canvas,
                    caption.Fit(page.Labels[i][line], layout.Cell.Width),
                    cell.X + (layout.Cell.Width / 2),
                    tile.Bottom + 3 + (line * caption.LineHeight),
                    line == 0 ? theme.Text : theme.Muted,
                    SKTextAlign.Center
                );
            }
        }
        for (int row = 0; row < page.RowNames.Count; row++)
        {
            SKRect first = layout.TileAt(row * layout.Columns);
            caption.Write(
                canvas,
                caption.Fit(page.RowNames[row], layout.Names - GridLayout.Gap),
                GridLayout.Margin,
                first.MidY + (caption.Size * 0.36f),
                theme.Text
            );
        }
        float left = GridLayout.Margin + layout.GridSize.Width + 16;
        foreach (ColorScale scale in page.Bars)
        {
            string quantity = page.QuantityOf(scale);
            float above = quantity.Length > 0 ? caption.LineHeight : 0;
            caption.WriteBelow(canvas, caption.Fit(quantity, GridLayout.BarWidth - 6), left, layout.Top, theme.Text);
            ScaleBar.Draw(canvas, scale, page.Ranges[scale], left, layout.Top + above, layout.GridSize.Height - above, caption, theme);
            left += GridLayout.BarWidth;
        }
        for (int i = 0; i < notes.Count; i++)
        {
            note.WriteBelow(
                canvas,
                notes[i],
                GridLayout.Margin,
                layout.Top + layout.GridSize.Height + NotesGap + (i * note.LineHeight),
                theme.Muted
            );
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        title.Dispose();
        caption.Dispose();
        note.Dispose();
    }

    private void DrawPicture(SKCanvas canvas, Picture picture, SKRect tile)
    {
        if (PictureImage.IsSignal(picture))
        {
            SignalPainter.Draw(canvas, picture, tile, theme, page.CurveRange(picture));
            return;
        }
        if (picture.Under is { } under)
        {
            DrawImage(canvas, under, ValueRange.Of(under), tile, smooth: false);
        }
        DrawImage(canvas, picture, page.RangeOf(picture), tile, smooth: picture.Under is not null);
        using var frame = new SKPaint
        {
            Color = picture.IsRight switch
            {
                true => Theme.Series[2],
                false => Theme.Series[5],
                null => theme.Line,
            },
            IsStroke = true,
            StrokeWidth = picture.IsRight is null ? 1 : 3,
        };
        float edge = frame.StrokeWidth / 2;
        canvas.DrawRect(SKRect.Inflate(tile, edge, edge), frame);
        if (picture.IsNumbered)
        {
            CellNumbers.Draw(canvas, picture, page.RangeOf(picture), tile, theme);
        }
        PictureMarks.Draw(canvas, picture, tile, caption);
    }

    private void DrawImage(SKCanvas canvas, Picture picture, ValueRange range, SKRect tile, bool smooth)
    {
        int magnify = vector && !smooth ? Math.Max(1, (int)(tile.Width / PictureImage.Size(picture).Width)) : 1;
        using SKImage image = PictureImage.Draw(picture, range, magnify);
        SKSamplingOptions sampling =
            smooth || tile.Width < image.Width
                ? new SKSamplingOptions(SKFilterMode.Linear, tile.Width < image.Width ? SKMipmapMode.Linear : SKMipmapMode.None)
                : new SKSamplingOptions(SKFilterMode.Nearest);
        canvas.DrawImage(image, tile, sampling);
    }
}
