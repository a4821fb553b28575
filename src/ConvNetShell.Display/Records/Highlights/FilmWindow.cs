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
    private const int Shown = 4, // frames of a strip
        Scale = 2, // pixels of the strip for one of a frame, in each direction
        Gap = 2,
        Silence = 128,
        Gain = 2; // a crowd seldom uses half of the range

    /// <summary>Returns frames of the window, evenly spaced, side by side, and below them its sound: for each column the range of its
    /// samples, silence in the middle.</summary>
    /// <param name="caption">The caption.</param>
    /// <returns>The picture: four frames, or as many as there are.</returns>
    public Picture ToStrip(string caption)
    {
        int count = Math.Min(Shown, FrameCount),
            columns = (count * Scale * Width) + ((count - 1) * Gap),
            wave = Scale * Height * 2 / 3;
        var values = new float[((Scale * Height) + Gap + wave) * columns];
        Array.Fill(values, 1, 0, ((Scale * Height) + Gap) * columns); // white between the frames
        for (int i = 0; i < count; i++)
        {
            int frame = ((2 * i) + 1) * FrameCount / (2 * count);
            PaintFrame(values, columns, frame, i * ((Scale * Width) + Gap));
        }
        PaintSound(values.AsSpan(((Scale * Height) + Gap) * columns), columns, wave);
        return new Picture(caption, 1, values.Length / columns, columns, values);
    }

    /// <summary>Says the frames and the sound.</summary>
    /// <returns>For example <c>8 frames of 24x32, 4096 sound samples</c>.</returns>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{FrameCount} frames of {Height}x{Width}, {Sound.Length} sound samples");

    private void PaintFrame(float[] values, int columns, int frame, int left)
    {
        for (int y = 0; y < Scale * Height; y++)
        {
            for (int x = 0; x < Scale * Width; x++)
            {
                values[(y * columns) + left + x] = Picture[(((frame * Height) + (y / Scale)) * Width) + (x / Scale)] / 255f;
            }
        }
    }

    private void PaintSound(Span<float> values, int columns, int rows)
    {
        for (int x = 0; x < columns; x++)
        {
            int first = (int)((long)x * Sound.Length / columns),
                end = Math.Max(first + 1, (int)((long)(x + 1) * Sound.Length / columns));
            byte[] part = Sound[first..Math.Min(end, Sound.Length)];
            int bottom = Row(part.Min(), rows);
            for (int y = Row(part.Max(), rows); y <= bottom; y++)
            {
                values[(y * columns) + x] = 0.8f;
            }
        }
    }

    private static int Row(int value, int rows) =>
        Math.Clamp((rows / 2) - ((value - Silence) * Gain * rows / (byte.MaxValue + 1)), 0, rows - 1);
}
