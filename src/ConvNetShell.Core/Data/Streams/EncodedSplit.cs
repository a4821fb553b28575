using System.Globalization;
using ConvNetShell.Core.Data.Images;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Data.Streams;

/// <summary>The image files of one split, before they are decoded.</summary>
/// <param name="Name">Train, Validation or Test.</param>
/// <param name="Images">The image files.</param>
/// <param name="Labels">The class of each.</param>
/// <param name="Files">The path of each, or <see langword="null"/> where they are not files of their own.</param>
internal sealed record EncodedSplit(string Name, IEncodedImages Images, int[] Labels, IReadOnlyList<string>? Files)
{
    /// <summary>Decodes an image.</summary>
    /// <param name="images">The image files.</param>
    /// <param name="index">The image, from 0.</param>
    /// <param name="shape">The shape that it must have, or is resized to.</param>
    /// <param name="resizes">Whether it is resized.</param>
    /// <param name="fit">How other proportions are resized.</param>
    /// <exception cref="DataFormatException">It is no image, or not resized and of another size.</exception>
    public static LoadedImage Decode(IEncodedImages images, int index, Shape shape, bool resizes, FitKind fit)
    {
        LoadedImage image = ImageFile.Decode(images.Bytes(index), images.Path(index), resizes ? shape : null, shape.Channels, fit);
        return image.Shape.Equals(shape) ? image : throw UnequalSize(images.Path(index), shape, image.Shape);
    }

    /// <summary>The error of a file whose size differs from the first one's.</summary>
    private static DataFormatException UnequalSize(string file, Shape expected, Shape received) =>
        new(
            "Data.UnequalSize",
            file,
            string.Create(
                CultureInfo.InvariantCulture,
                $"expected {expected[2]}x{expected[1]} pixels, as the first image has. Received: {received[2]}x{received[1]}. "
                    + $"Give a size that every image is resized to (for example -Resize 32x32)."
            )
        );
}
