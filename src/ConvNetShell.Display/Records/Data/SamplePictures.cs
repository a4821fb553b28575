using ConvNetShell.Display.Pictures;

namespace ConvNetShell.Display.Records.Data;

/// <summary>Turns samples into pictures.</summary>
public static class SamplePictures
{
    /// <summary>Returns the picture of a sample: colors from 0 to 1; a signal has one row, a clip its frames as planes.</summary>
    /// <param name="sample">The sample.</param>
    /// <param name="caption">The caption below it; <see langword="null"/> for its class, or if that is unknown its file or
    /// index.</param>
    /// <returns>The picture.</returns>
    public static Picture ToPicture(ImageSample sample, string? caption = null)
    {
        ArgumentNullException.ThrowIfNull(sample);
        (int planes, int rows) = sample.Dimensions > 2 ? (sample.Frames, sample.Height / sample.Frames) : (1, sample.Height);
        int channels = sample.Channels,
            plane = rows * sample.Width;
        var values = new float[sample.Pixels.Length];
        for (int i = 0; i < values.Length; i++)
        {
            (int pixel, int channel) = Math.DivRem(i, channels);
            (int frame, int position) = Math.DivRem(pixel, plane);
            values[(((frame * channels) + channel) * plane) + position] = sample.Pixels[i] / 255f;
        }
        return new Picture(caption ?? sample.Class ?? Path.GetFileName(sample.Source), planes * channels, rows, sample.Width, values);
    }
}
