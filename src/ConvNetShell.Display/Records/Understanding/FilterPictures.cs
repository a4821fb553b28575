using System.Globalization;
using ConvNetShell.Display.Pictures;

namespace ConvNetShell.Display.Records.Understanding;

/// <summary>Turns filters into pictures.</summary>
internal static class FilterPictures
{
    /// <summary>
    /// Returns the picture of a filter: in color where it works on colors, mid grey for zero; else its channels as signed planes.
    /// </summary>
    public static Picture ToPicture(LayerFilter filter)
    {
        float[] values = [.. filter.Weights.Select(weight => (float)weight)];
        int[] sizes =
            filter.Planes.Count > 0
                ? [.. filter.Planes]
                : [.. filter.Shape.Split('x').Select(size => int.Parse(size, CultureInfo.InvariantCulture))];
        (int channels, int height, int width) = sizes.Length switch
        {
            1 => (1, 1, sizes[0]),
            2 => (sizes[0], 1, sizes[1]),
            3 => (sizes[0], sizes[1], sizes[2]),
            _ => (sizes[..^2].Aggregate((a, b) => a * b), sizes[^2], sizes[^1]),
        };
        string caption = filter.Index.ToString(CultureInfo.InvariantCulture);
        var picture = new Picture(caption, channels, height, width, values, ColorScale.Diverging) { Quantity = "weight" };
        if (!filter.SeesColor || channels != 3 || sizes.Length != 3)
        {
            return picture;
        }
        double bound = Math.Max(Math.Abs(picture.Min), Math.Abs(picture.Max)) is > 0 and var most ? most : 1;
        return picture with { Scale = ColorScale.Natural, Low = -bound, High = bound };
    }
}
