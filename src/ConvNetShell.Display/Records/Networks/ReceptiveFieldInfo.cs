using System.Globalization;
using ConvNetShell.Display.Mime;
using ConvNetShell.Display.Pictures;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Display.Records.Networks;

/// <summary>The part of the network's input that one value of a layer depends on. Numbers are a spatial dimension each.</summary>
/// <param name="Layer">The layer's name.</param>
/// <param name="Output">The shape that comes out of it.</param>
/// <param name="Size">The pixels it spans; padding counts, so it may be larger than the input.</param>
/// <param name="Jump">The pixels between the fields of two neighbors; 0 if values have no position.</param>
/// <param name="Start">The center of the first value's field; the middle of the first pixel is 0.</param>
/// <param name="At">The position of the value of <see cref="Region"/>, or empty.</param>
/// <param name="Region">The first and the last pixel of its field in each dimension; outside the input within the padding.</param>
/// <param name="Visible">The same, cut at the border of the input.</param>
[TypeFormatterSource(MimeBundle.Html, MimeBundle.PlainText)]
public sealed record ReceptiveFieldInfo(
    string Layer,
    string Output,
    IReadOnlyList<double> Size,
    IReadOnlyList<double> Jump,
    IReadOnlyList<double> Start,
    IReadOnlyList<int> At,
    IReadOnlyList<int[]> Region,
    IReadOnlyList<int[]> Visible
) : IPictureSource
{
    /// <summary>Gets a value indicating whether the region reaches over the border of the input, so that the value sees padding.</summary>
    public bool Cut => Region.Zip(Visible).Any(pair => !pair.First.AsSpan().SequenceEqual(pair.Second));

    /// <summary>
    /// Gets the pixels of the effective field along each dimension where it was measured: those whose gradient is above 4.55 % of the
    /// largest (Luo et al., arXiv 1701.04128).
    /// </summary>
    public IReadOnlyList<int>? EffectiveSize { get; init; }

    /// <summary>Gets the mean magnitude of the gradient at each input position, if it was measured, as arrays of arrays.</summary>
    public Array? Gradient { get; init; }

    /// <inheritdoc />
    public PictureGrid ToPictures() =>
        new("Mean magnitude of the gradient", Gradient is null ? [] : [.. ArrayPictures.Of(Gradient, ToString()).Select(Marked)]);

    private Picture Marked(Picture map) =>
        Visible.Count != 2
            ? map
            : map with
            {
                Marks =
                [
                    [Visible[0][0], Visible[1][0], Visible[0][1] - Visible[0][0] + 1, Visible[1][1] - Visible[1][0] + 1],
                ],
            };

    /// <summary>Says the layer, the size and the jump.</summary>
    /// <returns>For example <c>pool3: 36x36, jump 8x8</c>.</returns>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Layer}: {ViewText.Sizes(Size)}, jump {ViewText.Sizes(Jump)}");
}
