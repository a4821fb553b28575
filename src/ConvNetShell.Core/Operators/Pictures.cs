using ConvNetShell.Core.Data.Images;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Display.Pictures;
using ConvNetShell.Display.Records.Data;

namespace ConvNetShell.Core.Operators;

/// <summary>
/// Turns pictures into arrays of numbers and back. A grey picture is height x width, a color one channels x height x width, values 0 to
/// 255.
/// </summary>
public static class Pictures
{
    /// <summary>Returns the numbers of a sample.</summary>
    /// <param name="sample">The sample.</param>
    /// <returns>Height x width for one channel, else channels first; a signal is its values, a clip frames x height x width.</returns>
    public static NumericArray ToArray(ImageSample sample) =>
        sample.Dimensions switch
        {
            2 => Planar(sample.Pixels, sample.Height, sample.Width, sample.Channels),
            _ => Planar(sample.Pixels, 1, sample.Pixels.Length / sample.Channels, sample.Channels) is var flat && sample.Channels == 1
                ? flat.Reshape([.. ImageSamples.ShapeOf(sample).Spatial])
                : flat.Reshape(ImageSamples.ShapeOf(sample).ToArray()),
        };

    /// <summary>Returns the numbers of an image file.</summary>
    /// <param name="image">The image.</param>
    /// <returns>Height x width for a grey one, else channels x height x width.</returns>
    public static NumericArray ToArray(LoadedImage image) => Planar(image.Pixels, image.Shape[1], image.Shape[2], image.Shape.Channels);

    /// <summary>Returns the mean of the channels of a picture.</summary>
    /// <param name="setting">The user's name of the picture, for the error.</param>
    /// <param name="picture">Height x width, or channels x height x width.</param>
    /// <returns>Height x width.</returns>
    /// <exception cref="InvalidSettingException">It is no picture.</exception>
    public static NumericArray Grey(string setting, NumericArray picture)
    {
        if (picture.Rank == 2)
        {
            return picture;
        }
        if (picture.Rank != 3)
        {
            throw new InvalidSettingException(setting, "a picture: height x width, or channels x height x width", picture.ToString());
        }
        int channels = picture.Sizes[0],
            plane = picture.Sizes[1] * picture.Sizes[2];
        var mean = new double[plane];
        for (int i = 0; i < picture.Data.Length; i++)
        {
            mean[i % plane] += picture.Data[i] / channels;
        }
        return new NumericArray(mean, picture.Sizes[1], picture.Sizes[2]);
    }

    /// <summary>Returns a picture as it looks, from black at its smallest value, or 0, to white at its largest.</summary>
    /// <param name="caption">The caption below it.</param>
    /// <param name="picture">Height x width, or channels x height x width: 3 are red, green and blue, of others the mean is taken.</param>
    internal static Picture Look(string caption, NumericArray picture)
    {
        NumericArray seen = picture.Rank == 3 && picture.Sizes[0] == 3 ? picture : Grey(caption, picture);
        double low = Math.Min(0, seen.Data.Where(double.IsFinite).DefaultIfEmpty(0).Min()),
            high = seen.Data.Where(double.IsFinite).DefaultIfEmpty(1).Max();
        float[] values = [.. seen.Data.Select(value => (float)((value - low) / Math.Max(high - low, double.Epsilon)))];
        return new Picture(caption, seen.Rank == 3 ? 3 : 1, seen.Sizes[^2], seen.Sizes[^1], values);
    }

    private static NumericArray Planar(byte[] pixels, int height, int width, int channels)
    {
        var values = new double[pixels.Length];
        for (int i = 0; i < pixels.Length; i++)
        {
            values[i % channels * height * width + i / channels] = pixels[i];
        }
        return channels == 1
            ? new NumericArray(values, height, width)
            : new NumericArray(values, channels, height, width) { HasChannels = true };
    }
}
