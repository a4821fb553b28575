using System.Globalization;
using ConvNetShell.Display.Mime;
using ConvNetShell.Display.Pictures;

namespace ConvNetShell.Display.Records.Understanding;

/// <summary>Filters over the epochs of a training as a figure: those of the last epoch, or an animation of all.</summary>
/// <param name="Filters">The filters with their epochs, in order.</param>
public sealed record FilterHistory(IReadOnlyList<LayerFilter> Filters)
{
    /// <summary>Returns a grid of filters for each epoch; one range of colors shows their growth.</summary>
    /// <returns>The figure.</returns>
    public MovingFigure ToFigure()
    {
        double most = Filters.Select(filter => Math.Max(Math.Abs(filter.Min), Math.Abs(filter.Max))).Where(double.IsFinite).Append(0).Max();
        double bound = most > 0 ? most : 1;
        return new MovingFigure(
            "Filters, epoch by epoch",
            [
                .. Filters
                    .GroupBy(filter => filter.Epoch)
                    .Select(epoch => new PictureGrid(
                        string.Create(CultureInfo.InvariantCulture, $"{epoch.First().Layer}, epoch {epoch.Key}"),
                        [.. epoch.Select(filter => FilterPictures.ToPicture(filter) with { Low = -bound, High = bound })]
                    )
                    {
                        CommonRange = true,
                    }),
            ]
        );
    }

    /// <summary>Says the layer and the epochs.</summary>
    /// <returns>For example <c>conv1: 16 filters, epochs 0, 1, 2</c>.</returns>
    public override string ToString()
    {
        string epochs = string.Join(", ", Filters.Select(filter => filter.Epoch).Distinct());
        int count = Filters.Select(filter => filter.Index).Distinct().Count();
        return string.Create(CultureInfo.InvariantCulture, $"{Filters.FirstOrDefault()?.Layer}: {count} filters, epochs {epochs}");
    }
}
