using System.Globalization;
using ConvNetShell.Display.Mime;
using ConvNetShell.Display.Pictures;

namespace ConvNetShell.Display.Records.Data;

/// <summary>A crowd with one figure to find in it.</summary>
/// <param name="Picture">The crowd.</param>
/// <param name="Template">The figure to find, cut out before it was hidden.</param>
/// <param name="Row">The row of its top, from 0.</param>
/// <param name="Column">The column of its left, from 0.</param>
[TypeFormatterSource(MimeBundle.Png, MimeBundle.PlainText)]
public sealed record CrowdPicture(ImageSample Picture, ImageSample Template, int Row, int Column) : IPictureSource
{
    /// <inheritdoc />
    public PictureGrid ToPictures() =>
        new(string.Empty, [SamplePictures.ToPicture(Picture, "the crowd"), SamplePictures.ToPicture(Template, "the one to find")]);

    /// <summary>Says the size; not where the figure is.</summary>
    /// <returns>For example <c>a crowd of 320x480, one of them 36x20</c>.</returns>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"a crowd of {Picture.Height}x{Picture.Width}, one of them {Template.Height}x{Template.Width}"
        );
}
