using System.Globalization;
using ConvNetShell.Display.Mime;
using ConvNetShell.Display.Pictures;

namespace ConvNetShell.Rendering.Pictures;

/// <summary>The pictures of one page, each with its range and the lines below it.</summary>
internal sealed class GridPage
{
    private const int FewPictures = 40;

    public GridPage(PictureGrid grid, RenderOptions options)
    {
        Grid = grid;
        // whole rows, or names would stand at others
        int size = grid.RowNames.Count > 0 && grid.Columns is int row ? Math.Max(1, options.PageSize / row) * row : options.PageSize;
        int pages = Math.Max(1, (grid.Pictures.Count + size - 1) / size);
        int page = Math.Clamp(options.Page, 1, pages);
        Pictures = pages == 1 ? grid.Pictures : [.. grid.Pictures.Skip((page - 1) * size).Take(size)];
        RowNames = grid.Columns is int columns
            ? [.. grid.RowNames.Skip((page - 1) * size / columns).Take((Pictures.Count + columns - 1) / columns)]
            : [];
        Ranges = new Dictionary<ColorScale, ValueRange>(
            Pictures
                .Where(picture => !IsPhoto(picture))
                .GroupBy(picture => picture.Scale)
                .Where(group => grid.CommonRange || Pictures.Count == 1)
                .Select(group => KeyValuePair.Create(group.Key, ValueRange.Common([.. group])))
        );
        Bars =
        [
            .. Ranges.Keys.Where(scale =>
                scale != ColorScale.Natural && Pictures.Any(picture => picture.Scale == scale && !PictureImage.IsSignal(picture))
            ),
        ];
        Labels = [.. Pictures.Select(Label)];
        Notes = [.. Remarks(pages, page)];
    }

    /// <summary>Gets the whole grid.</summary>
    public PictureGrid Grid { get; }

    /// <summary>Gets the pictures of this page.</summary>
    public IReadOnlyList<Picture> Pictures { get; }

    /// <summary>Gets the range that all pictures of a scale have; empty where each has its own.</summary>
    public IReadOnlyDictionary<ColorScale, ValueRange> Ranges { get; }

    /// <summary>Gets the scales of colors that have a bar: curves have none.</summary>
    public IReadOnlyList<ColorScale> Bars { get; }

    /// <summary>Gets the label left of each row; empty for none.</summary>
    public IReadOnlyList<string> RowNames { get; }

    /// <summary>Gets the lines below each picture.</summary>
    public IReadOnlyList<string[]> Labels { get; }

    /// <summary>Gets the lines below the grid.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>Returns the range a picture is drawn with.</summary>
    public ValueRange RangeOf(Picture picture) =>
        Ranges.TryGetValue(picture.Scale, out ValueRange common) && !IsPhoto(picture) ? common : ValueRange.Of(picture);

    /// <summary>Returns the numbers at the bottom and the top of a curve.</summary>
    public (double Low, double High) CurveRange(Picture picture)
    {
        Picture[] together =
            IsPhoto(picture) || !Ranges.ContainsKey(picture.Scale)
                ? [picture]
                : [.. Pictures.Where(other => other.Scale == picture.Scale && PictureImage.IsSignal(other))];
        double[] ends = [.. together.SelectMany(one => new[] { one.Low ?? one.Min, one.High ?? one.Max }).Where(double.IsFinite)];
        return ends.Length == 0 ? (double.NaN, double.NaN) : (ends.Min(), ends.Max());
    }

    /// <summary>Returns the name of the numbers of a scale; empty where its pictures have several.</summary>
    public string QuantityOf(ColorScale scale)
    {
        string[] names = [.. Pictures.Where(picture => picture.Scale == scale).Select(picture => picture.Quantity).Distinct()];
        return names.Length == 1 ? names[0] : string.Empty;
    }

    private string[] Label(Picture picture)
    {
        IEnumerable<string> lines = picture.Caption.Length == 0 ? [] : picture.Caption.Split('\n').Take(2);
        bool lone = !Ranges.ContainsKey(picture.Scale) || (Pictures.Count == 1 && PictureImage.IsSignal(picture)),
            ownRange = lone && !IsPhoto(picture) && !picture.IsNumbered && Pictures.Count <= FewPictures;
        return [.. ownRange ? lines.Append(RangeText(picture)) : lines];
    }

    /// <summary>Returns whether the numbers are colors themselves, and not weights drawn as colors.</summary>
    private static bool IsPhoto(Picture picture) => picture is { Scale: ColorScale.Natural, Low: null, High: null };

    private static string RangeText(Picture picture) =>
        double.IsNaN(picture.Min) ? "no number"
        : picture.Min == picture.Max ? $"{picture.Quantity} all {Short(picture.Min)}".TrimStart()
        : $"{picture.Quantity} {Short(picture.Min)} to {Short(picture.Max)}".TrimStart();

    /// <summary>Writes a number with at most three digits that count, and a real minus sign.</summary>
    internal static string Short(double value) => value == 0 ? "0" : value.ToString("G3", CultureInfo.InvariantCulture).Replace('-', '−');

    private IEnumerable<string> Remarks(int pages, int page)
    {
        if (Grid.Note.Length > 0)
        {
            yield return Grid.Note;
        }
        if (Grid.Pictures.Sum(picture => (long)picture.NaNCount) is > 0 and var odd)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{odd:N0} {(odd == 1 ? "value is no finite number" : "values are no finite numbers")}: drawn in magenta."
            );
        }
        if (Ranges.TryGetValue(ColorScale.Natural, out ValueRange colors) && colors.Low < 0)
        {
            yield return $"Colors reach from {Short(colors.Low)} to {Short(colors.High)}; grey is 0.";
        }
        Picture[] curves = [.. Pictures.Where(picture => PictureImage.IsSignal(picture) && !IsPhoto(picture))];
        if (curves.Length > 1 && curves.Select(CurveRange).Distinct().ToArray() is [var ends])
        {
            yield return $"All curves reach from {Short(ends.Low)} to {Short(ends.High)}"
                + $"{(ends is { Low: < 0, High: > 0 } ? "; the line across is 0" : string.Empty)}.";
        }
        if (Ranges.Count == 0 && Pictures.Count > FewPictures && Pictures.Any(picture => !IsPhoto(picture)))
        {
            yield return "Each picture has its own range.";
        }
        if (pages > 1)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"Page {page} of {pages}: {Pictures.Count:N0} of {Grid.Pictures.Count:N0} pictures."
            );
        }
    }
}
