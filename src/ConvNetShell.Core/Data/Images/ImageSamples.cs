using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Display.Records.Data;

namespace ConvNetShell.Core.Data.Images;

/// <summary>Makes samples, which a user may hold, out of dataset images and image files.</summary>
public static class ImageSamples
{
    /// <summary>Returns one image of a dataset.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="split">One of its splits.</param>
    /// <param name="index">The image's index in the split, from 0.</param>
    /// <returns>The sample, with its class.</returns>
    /// <exception cref="InvalidSettingException">The split lacks the image.</exception>
    public static ImageSample FromSplit(Dataset dataset, DatasetSplit split, int index)
    {
        if ((uint)index >= (uint)split.Count)
        {
            throw new InvalidSettingException("Index", FormattableString.Invariant($"from 0 to {split.Count - 1} ({split})"), index);
        }
        int label = split.LabelArray[index];
        return new ImageSample(
            dataset.Name,
            split.Name,
            index,
            label,
            dataset.Classes[label],
            Rows(split.Shape),
            split.Shape.Count == 1 ? 1 : split.Shape[^1],
            split.Shape.Channels,
            split.Image(index).ToArray()
        )
        {
            File = split.Files?[index],
            Attributes = split.Attributes.Of(index),
            Dimensions = split.Shape.Count - 1,
            Frames = split.Shape.Count > 3 ? split.Shape[1] : 1,
        };
    }

    /// <summary>Returns the shape of a sample, channels first.</summary>
    internal static Shape ShapeOf(ImageSample sample) =>
        sample.Dimensions switch
        {
            0 => new Shape(sample.Channels),
            1 => new Shape(sample.Channels, sample.Width),
            2 => new Shape(sample.Channels, sample.Height, sample.Width),
            _ => new Shape(sample.Channels, sample.Frames, sample.Height / sample.Frames, sample.Width),
        };

    private static int Rows(Shape shape) => shape.Count < 3 ? 1 : (int)(shape.Elements / shape.Channels / shape[^1]);

    /// <summary>Reads an image file in its own size.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The sample; its class is not known.</returns>
    /// <exception cref="DataFormatException">The file is no image, or too large.</exception>
    public static ImageSample FromFile(string path)
    {
        LoadedImage image = ImageFile.Load(path);
        return new ImageSample(
            string.Empty,
            string.Empty,
            0,
            null,
            null,
            image.Shape[1],
            image.Shape[2],
            image.Shape.Channels,
            image.Pixels
        )
        {
            File = path,
        };
    }

    /// <summary>Reads an image file in the size of a network's input.</summary>
    /// <param name="path">The file.</param>
    /// <param name="input">The network's input: channels 1 or 3, height, width.</param>
    /// <param name="fit">How other proportions are treated; default: stretched.</param>
    /// <returns>The sample; its class is not known.</returns>
    /// <exception cref="DataFormatException">The file is no image, or too large.</exception>
    public static ImageSample FromFile(string path, Shape input, FitKind fit = FitKind.Stretch)
    {
        byte[] pixels = ImageFile.Load(path, input, fit: fit).Pixels;
        return new ImageSample(string.Empty, string.Empty, 0, null, null, input[1], input[2], input.Channels, pixels) { File = path };
    }
}
