using ConvNetShell.Display.Mime;
using ConvNetShell.Display.Pictures;
using ConvNetShell.Rendering.Drawing;

namespace ConvNetShell.Rendering.Pictures;

/// <summary>Draws whatever has pictures as a grid.</summary>
public sealed class PictureRenderer : IRenderer<IPictureSource>
{
    /// <summary>The most numbers that are written as JSON: about 50 MB of text.</summary>
    public const int MostNumbers = 5_000_000;

    private const int Listed = 12;

    /// <inheritdoc />
    public bool CanRender(IPictureSource value) => value.ToPictures().Pictures.Count > 0;

    /// <inheritdoc />
    public MimeBundle Render(IPictureSource value, RenderOptions options)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(options);
        PictureGrid grid = value.ToPictures();
        var page = new GridPage(grid, options);
        var data = new Dictionary<string, string> { [MimeBundle.PlainText] = Describe(value, grid, page) };
        using (var painter = new GridPainter(page, options, vector: false))
        {
            data[MimeBundle.Png] = Convert.ToBase64String(
                Sheet.Png(painter.Size, options.Scale, Theme.For(options.Dark).Background, painter.Draw)
            );
        }
        if (options.AllForms)
        {
            using var painter = new GridPainter(page, options, vector: true);
            data[MimeBundle.Svg] = Sheet.Svg(painter.Size, Theme.For(options.Dark).Background, painter.Draw);
            if (grid.Pictures.Sum(picture => (long)picture.Values.Length) <= MostNumbers)
            {
                data[MimeBundle.Json] = PictureJson.Write(grid);
            }
        }
        return new MimeBundle(data);
    }

    private static string Describe(IPictureSource value, PictureGrid grid, GridPage page)
    {
        if (value is not PictureGrid && grid.Pictures.Count == 1)
        {
            return value.ToString() ?? string.Empty;
        }
        IEnumerable<string> lines = page.Pictures.Take(Listed).SelectMany(Lines);
        string rest = page.Pictures.Count > Listed ? FormattableString.Invariant($"  ... {grid.Pictures.Count:N0} in all") : string.Empty;
        return string.Join(
            Environment.NewLine,
            lines.Prepend(grid.ToString()).Append(rest).Concat(page.Notes).Where(line => line.Length > 0)
        );
    }

    private static IEnumerable<string> Lines(Picture picture) =>
        picture.IsNumbered
            ? CellNumbers.Lines(picture).Select(line => "    " + line).Prepend($"  {picture.Caption}:")
            : ["  " + picture.ToString().ReplaceLineEndings(", ")];
}
