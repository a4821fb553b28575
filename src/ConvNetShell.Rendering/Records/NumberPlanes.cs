using ConvNetShell.Display.Text;
using ConvNetShell.Rendering.Drawing;
using SkiaSharp;

namespace ConvNetShell.Rendering.Records;

/// <summary>
/// Numbers in cells, colored by value and written where they fit: a plane for each channel, and for each slice of a clip, one below the
/// other.
/// </summary>
internal sealed class NumberPlanes : IDisposable
{
    private const int NumberedSide = 14;
    private const float Room = 300,
        LeastCell = 2,
        LeastNumbered = 24,
        MostNumbered = 54,
        PlaneGap = 8;
    private readonly Lettering lettering = new(11);
    private readonly int[] sizes, // slices, rows and columns, padding included
        before;
    private readonly int channels;
    private readonly double padding;
    private readonly double[] values; // NaN where there is none yet
    private readonly bool[] isPadding;
    private float cell;
    private double lowest,
        highest;

    /// <param name="name">What the numbers are.</param>
    /// <param name="channels">The channels.</param>
    /// <param name="sizes">The size in each dimension, 1 to 3.</param>
    /// <param name="before">The padding before the numbers in each dimension.</param>
    /// <param name="after">The padding after the numbers in each dimension.</param>
    /// <param name="padding">The number that padding stands for; not a number for none.</param>
    public NumberPlanes(string name, int channels, IReadOnlyList<int> sizes, int[]? before = null, int[]? after = null, double padding = 0)
    {
        Name = name;
        this.channels = channels;
        this.padding = padding;
        this.before = Three(before ?? new int[sizes.Count], 0);
        int[] behind = Three(after ?? new int[sizes.Count], 0),
            inner = Three(sizes, 1);
        this.sizes = [.. inner.Select((size, d) => size + this.before[d] + behind[d])];
        int cells = this.sizes.Aggregate(channels, (product, size) => checked(product * size));
        values = new double[cells];
        isPadding = new bool[cells];
        for (int i = 0; i < cells; i++)
        {
            isPadding[i] = Coordinates(i).Where((at, d) => at < this.before[d] || at >= this.before[d] + inner[d]).Any();
        }
        Clear();
        cell = Math.Max(LeastCell, MathF.Floor(Math.Min(20, Room / Math.Max(this.sizes[1], this.sizes[2]))));
    }

    /// <summary>Gets what the numbers are.</summary>
    public string Name { get; }

    /// <summary>Gets the width in pixels.</summary>
    public float Width => Math.Max(sizes[2] * cell, lettering.Width(Name) * 1.4f);

    /// <summary>Gets the height in pixels.</summary>
    public float Height => (Planes * ((sizes[1] * RowHeight) + PlaneGap)) - PlaneGap;

    private int Planes => channels * sizes[0];

    /// <summary>Gets the height of a cell: a sequence without numbers stays a strip that is seen.</summary>
    private float RowHeight => sizes[1] == 1 ? Math.Max(cell, LeastNumbered) : cell;

    private bool IsNumbered => cell >= LeastNumbered;

    /// <summary>Chooses cells and colors for all numbers that will come.</summary>
    public void FitNumbers(IEnumerable<double> numbers)
    {
        double[] all = [.. numbers.Where(double.IsFinite)];
        (lowest, highest) = all.Length == 0 ? (0, 1) : (all.Min(), all.Max());
        if (Math.Max(sizes[1], sizes[2]) <= NumberedSide)
        {
            float widest = all.Distinct().Select(number => lettering.Width(ViewText.Number(number))).DefaultIfEmpty(0).Max();
            cell = Math.Clamp(MathF.Ceiling(widest) + 8, LeastNumbered, MostNumbered);
        }
    }

    /// <summary>Takes all numbers, in order, and chooses cells and colors if they are the only ones.</summary>
    public void FillOnce(IReadOnlyList<double> numbers)
    {
        FitNumbers(numbers);
        Fill(numbers);
    }

    /// <summary>Takes all numbers, in order; the padding stays.</summary>
    public void Fill(IReadOnlyList<double> numbers)
    {
        int next = 0;
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = isPadding[i] ? padding : numbers[next++];
        }
    }

    /// <summary>Takes all numbers away.</summary>
    public void Clear() => Array.Fill(values, double.NaN);

    /// <summary>Sets the number of a position.</summary>
    public void Set(int channel, IReadOnlyList<int> position, double value) => values[Index(channel, Three(position, 0))] = value;

    /// <summary>Draws the planes with their upper left corner there.</summary>
    public void Draw(SKCanvas canvas, float left, float top, Theme theme)
    {
        using var fill = new SKPaint();
        using var line = new SKPaint { Color = theme.Line, IsStroke = true };
        for (int i = 0; i < values.Length; i++)
        {
            SKRect box = Box(i, left, top);
            SKColor color = isPadding[i] || double.IsNaN(values[i]) ? theme.Background : Color(values[i]);
            fill.Color = color;
            canvas.DrawRect(box, fill);
            if (cell > 6)
            {
                canvas.DrawRect(box, line);
            }
            if (IsNumbered && !double.IsNaN(values[i]))
            {
                SKColor ink =
                    isPadding[i] ? theme.Muted
                    : IsDark(color) ? SKColors.White
                    : SKColors.Black;
                string text = ViewText.Number(values[i]);
                lettering.Write(canvas, lettering.Fit(text, cell - 2), box.MidX, box.MidY + 4, ink, SKTextAlign.Center);
            }
        }
    }

    /// <summary>Frames cells: as one box where they are neighbors, else each.</summary>
    /// <param name="canvas">Where to draw.</param>
    /// <param name="left">The left edge of the planes.</param>
    /// <param name="top">Their upper edge.</param>
    /// <param name="channel">The channel; <see langword="null"/> for each.</param>
    /// <param name="positions">The positions, from the first number that is not padding.</param>
    public void Mark(SKCanvas canvas, float left, float top, int? channel, IReadOnlyList<int[]> positions)
    {
        using var stroke = new SKPaint
        {
            Color = Theme.Mark,
            IsStroke = true,
            StrokeWidth = cell > 8 ? 3 : 1.5f,
        };
        foreach (int c in channel is int one ? [one] : Enumerable.Range(0, channels))
        {
            foreach (IGrouping<int, int[]> slice in positions.Select(position => Three(position, 0)).GroupBy(position => position[0]))
            {
                SKRect[] boxes = [.. slice.Select(position => Box(Index(c, position), left, top))];
                SKRect around = boxes.Aggregate(SKRect.Union);
                bool neighbors = Math.Abs((around.Width * around.Height) - (boxes.Length * cell * RowHeight)) < 1;
                foreach (SKRect box in neighbors ? [around] : boxes)
                {
                    canvas.DrawRect(box, stroke);
                }
            }
        }
    }

    /// <inheritdoc />
    public void Dispose() => lettering.Dispose();

    private static int[] Three(IReadOnlyList<int> some, int missing) => [.. Enumerable.Repeat(missing, 3 - some.Count), .. some];

    private static bool IsDark(SKColor color) => (0.299 * color.Red) + (0.587 * color.Green) + (0.114 * color.Blue) < 140;

    private int[] Coordinates(int index)
    {
        int column = index % sizes[2],
            row = index / sizes[2] % sizes[1];
        return [index / (sizes[2] * sizes[1]) % sizes[0], row, column];
    }

    private int Index(int channel, int[] position) =>
        (((((channel * sizes[0]) + position[0] + before[0]) * sizes[1]) + position[1] + before[1]) * sizes[2]) + position[2] + before[2];

    private SKRect Box(int index, float left, float top)
    {
        int plane = index / (sizes[1] * sizes[2]);
        int[] at = Coordinates(index);
        float x = left + (at[2] * cell),
            y = top + (plane * ((sizes[1] * RowHeight) + PlaneGap)) + (at[1] * RowHeight);
        return SKRect.Create(x, y, cell, RowHeight);
    }

    /// <summary>Gray from the lowest to the highest; with negative numbers blue, white and red round 0.</summary>
    private SKColor Color(double value)
    {
        if (double.IsNaN(value))
        {
            return Theme.NotANumber;
        }
        if (lowest >= 0)
        {
            return ColorMap.Grey.At(highest > lowest ? (value - lowest) / (highest - lowest) : 0.5);
        }
        double most = Math.Max(-lowest, highest);
        return ColorMap.Diverging.At(0.5 + (0.4 * value / most));
    }
}
