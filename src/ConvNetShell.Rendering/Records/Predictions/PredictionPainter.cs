using ConvNetShell.Display.Mime;
using ConvNetShell.Display.Records.Evaluation;
using ConvNetShell.Rendering.Drawing;
using SkiaSharp;

namespace ConvNetShell.Rendering.Records.Predictions;

/// <summary>Draws predictions: for each image its picture, and beside it the classes as bars.</summary>
internal sealed class PredictionPainter : IDisposable
{
    private const float Margin = 14,
        Gap = 18,
        Beside = 12,
        Row = 18,
        BarHeight = 12,
        Numbers = 56,
        Least = 250,
        NamePart = 0.45f, // of the room beside the image, for the names of classes
        MostNames = 260;
    private const int MostColumns = 3,
        CardWidth = 340,
        LoneWidth = 420,
        MostWidth = 1100;
    private readonly Lettering title = new(15, bold: true),
        name = new(12.5f, bold: true),
        word = new(11.5f);
    private readonly IReadOnlyList<PredictionCard> cards;
    private readonly string heading;
    private readonly Theme theme;
    private readonly bool vector;
    private readonly int columns;
    private readonly float width,
        room,
        above,
        classes;
    private readonly float[] tops;

    public PredictionPainter(IReadOnlyList<PredictionCard> cards, string heading, RenderOptions options, bool vector)
    {
        (this.cards, this.heading, this.vector) = (cards, heading, vector);
        theme = Theme.For(options.Dark);
        float names = Math.Min(MostNames, cards.SelectMany(card => card.Bars).Max(bar => word.Width(bar.Class)) + 8),
            image = cards.Any(card => card.Picture is not null) ? PredictionThumbnail.Side + Beside : 0,
            card = Math.Max(cards.Count == 1 ? LoneWidth : CardWidth, image + (names / NamePart)); // long names widen it
        columns = options.Width is int most
            ? Math.Clamp((int)((most - (2 * Margin) + Gap) / (Math.Max(Least, image + Numbers + names) + Gap)), 1, cards.Count)
            : Math.Clamp((int)((MostWidth - (2 * Margin) + Gap) / (card + Gap)), 1, Math.Min(MostColumns, cards.Count));
        float all = options.Width ?? (2 * Margin) + (columns * card) + ((columns - 1) * Gap);
        width = (all - (2 * Margin) - ((columns - 1) * Gap)) / columns;
        room = width - image;
        above = name.LineHeight + (cards.Any(card => card.Truth.Length > 0) ? word.LineHeight : 0) + 4;
        classes = Math.Min(NamePart * room, names);
        tops = new float[((cards.Count + columns - 1) / columns) + 1];
        tops[0] = Margin + (heading.Length > 0 ? title.LineHeight + 8 : 0);
        foreach ((int row, PredictionCard[] line) in cards.Chunk(columns).Index())
        {
            tops[row + 1] = tops[row] + line.Max(Height) + Gap;
        }
        Size = new SKSizeI((int)MathF.Ceiling(all), (int)MathF.Ceiling(tops[^1] - Gap + Margin));
    }

    /// <summary>Gets the size of the page.</summary>
    public SKSizeI Size { get; }

    /// <summary>Draws the page.</summary>
    public void Draw(SKCanvas canvas)
    {
        title.WriteBelow(canvas, title.Fit(heading, Size.Width - (2 * Margin)), Margin, Margin, theme.Text);
        for (int i = 0; i < cards.Count; i++)
        {
            DrawCard(canvas, cards[i], Margin + (i % columns * (width + Gap)), tops[i / columns]);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        title.Dispose();
        name.Dispose();
        word.Dispose();
    }

    private float Height(PredictionCard card) =>
        Math.Max(PredictionThumbnail.Side, above + card.Bars.Sum(RowHeight) + (card.More.Length > 0 ? word.LineHeight : 0));

    /// <summary>Returns the lines of a class's name beside its bar.</summary>
    private List<string> Names(Prediction bar) => Wrapping.Lines(bar.Class, word, classes - 8);

    private float RowHeight(Prediction bar) => Row + ((Names(bar).Count - 1) * word.LineHeight);

    private void DrawCard(SKCanvas canvas, PredictionCard card, float left, float top)
    {
        if (card.Picture is { } picture)
        {
            SKSizeI size = PredictionThumbnail.Size(picture);
            PredictionThumbnail.Draw(canvas, picture, left + ((PredictionThumbnail.Side - size.Width) / 2), top + 1, theme, vector);
        }
        float x = left + (width - room),
            y = top + above;
        name.WriteBelow(canvas, name.Fit(card.Name, room), x, top, theme.Text);
        word.WriteBelow(canvas, word.Fit(card.Truth, room), x, top + name.LineHeight, theme.Muted);
        foreach (Prediction bar in card.Bars)
        {
            DrawBar(canvas, bar, x, y);
            y += RowHeight(bar);
        }
        word.WriteBelow(canvas, word.Fit(card.More, room), x, y, theme.Muted);
    }

    private void DrawBar(SKCanvas canvas, Prediction bar, float x, float y)
    {
        foreach ((int line, string text) in Names(bar).Index())
        {
            word.WriteBelow(canvas, text, x, y + (line * word.LineHeight), theme.Text);
        }
        float length = room - classes - Numbers;
        using var track = new SKPaint { Color = theme.Line.WithAlpha(110) };
        using var filled = new SKPaint { Color = PredictionCard.Color(bar) };
        SKRect whole = SKRect.Create(x + classes, y + 1, length, BarHeight);
        canvas.DrawRect(whole, track);
        canvas.DrawRect(SKRect.Create(whole.Left, whole.Top, (float)(length * PredictionCard.Length(bar)), BarHeight), filled);
        string percent = PredictionCard.Percent(bar);
        float end = word.Width(percent) > Numbers ? whole.Left + 4 + word.Width(percent) : x + room;
        word.WriteBelow(canvas, percent, end, y, theme.Text, SKTextAlign.Right);
    }
}
