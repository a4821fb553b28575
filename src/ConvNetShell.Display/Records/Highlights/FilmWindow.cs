using System.Globalization;
using ConvNetShell.Display.Pictures;

namespace ConvNetShell.Display.Records.Highlights;

/// <summary>The frames and the sound of a window of a match.</summary>
/// <param name="FrameCount">The number of frames.</param>
/// <param name="Height">The rows of a frame.</param>
/// <param name="Width">The columns of a frame.</param>
/// <param name="Picture">Frames x rows x columns bytes, 0 black and 255 white.</param>
/// <param name="Sound">The sound samples, unsigned 8-bit PCM: 128 is silence.</param>
/// <param name="SampleRate">The sound samples of a second.</param>
public sealed record FilmWindow(int FrameCount, int Height, int Width, byte[] Picture, byte[] Sound, int SampleRate)
{
    private const int Shown = 4; // frames of a contact sheet

    /// <summary>Returns frames of the window, evenly spaced.</summary>
    /// <returns>Four pictures; fewer where there are fewer frames.</returns>
    public IEnumerable<Picture> Frames()
    {
        int count = Math.Min(Shown, FrameCount),
            size = Height * Width;
        for (int i = 0; i < count; i++)
        {
            int frame = ((2 * i) + 1) * FrameCount / (2 * count);
            yield return new Picture(
                string.Create(CultureInfo.InvariantCulture, $"frame {frame + 1}"),
                1,
                Height,
                Width,
                [.. Picture.Skip(frame * size).Take(size).Select(value => value / 255f)]
            );
        }
    }

    /// <summary>Returns the sound as a picture: for each column the range of its samples, from silence in the middle.</summary>
    /// <param name="caption">The caption.</param>
    /// <returns>The picture, as high as a frame and twice as wide.</returns>
    public Picture Wave(string caption)
    {
        int columns = 2 * Width;
        var values = new float[Height * columns];
        for (int x = 0; x < columns; x++)
        {
            int first = (int)((long)x * Sound.Length / columns),
                end = Math.Max(first + 1, (int)((long)(x + 1) * Sound.Length / columns));
            ReadOnlySpan<byte> part = Sound.AsSpan(first, Math.Min(end, Sound.Length) - first);
            (int top, int bottom) = (Row(Largest(part)), Row(Least(part)));
            for (int y = top; y <= bottom; y++)
            {
                values[(y * columns) + x] = 1;
            }
        }
        return new Picture(caption, 1, Height, columns, values);
    }

    /// <summary>Says the frames and the sound.</summary>
    /// <returns>For example <c>8 frames of 24x32, 4096 sound samples</c>.</returns>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{FrameCount} frames of {Height}x{Width}, {Sound.Length} sound samples");

    private int Row(int value) => (255 - value) * (Height - 1) / 255;

    private static int Largest(ReadOnlySpan<byte> values)
    {
        int largest = 0;
        foreach (byte value in values)
        {
            largest = Math.Max(largest, value);
        }
        return largest;
    }

    private static int Least(ReadOnlySpan<byte> values)
    {
        int least = byte.MaxValue;
        foreach (byte value in values)
        {
            least = Math.Min(least, value);
        }
        return least;
    }
}
