using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Data.Images;

/// <summary>
/// Brings pictures of one size to another, in files and in datasets alike: bilinear, and antialiased where they become smaller (a triangle
/// as wide as the pixels of the result, as in Pillow's BILINEAR). The same picture always gives the same bytes.
/// </summary>
internal sealed class Resizer
{
    private readonly Shape from,
        to;
    private readonly ResizeAxis rows,
        columns;

    /// <param name="from">The pictures' shape: channels 1 or 3, height, width.</param>
    /// <param name="to">The shape they get.</param>
    /// <param name="fit">How other proportions are treated.</param>
    /// <exception cref="ShapeMismatchException">A shape is no picture's.</exception>
    public Resizer(Shape from, Shape to, FitKind fit)
    {
        Require("The size that images are resized to", to);
        Require("Images that are resized", from);
        (this.from, this.to) = (from, to);
        double across = (double)to[2] / from[2],
            down = (double)to[1] / from[1],
            scale = fit == FitKind.Pad ? Math.Min(across, down) : Math.Max(across, down);
        bool stretched = fit == FitKind.Stretch;
        rows = new ResizeAxis(from[1], to[1], stretched ? down : scale);
        columns = new ResizeAxis(from[2], to[2], stretched ? across : scale);
    }

    /// <summary>Returns a resized picture.</summary>
    /// <param name="source">Its bytes, channels last.</param>
    public byte[] Resize(ReadOnlySpan<byte> source)
    {
        var target = new byte[to.Elements];
        Resize(source, target);
        return target;
    }

    /// <summary>Resizes a picture.</summary>
    /// <param name="source">Its bytes, channels last.</param>
    /// <param name="target">The resized bytes, channels last.</param>
    public void Resize(ReadOnlySpan<byte> source, Span<byte> target)
    {
        ReadOnlySpan<byte> picture = from.Channels == to.Channels ? source : Recolor(source);
        int channels = to.Channels,
            width = to[2] * channels;
        var lines = new float[from[1] * width];
        for (int row = 0; row < from[1]; row++)
        {
            columns.Mix(picture.Slice(row * from[2] * channels, from[2] * channels), lines.AsSpan(row * width, width), channels);
        }
        rows.Mix(lines, target, width);
    }

    private static void Require(string what, Shape shape)
    {
        if (shape.Count != 3 || shape.Channels is not (1 or 3))
        {
            throw new ShapeMismatchException(what, "1 or 3 channels x height x width", shape.ToString());
        }
    }

    /// <summary>Returns one luminance a pixel (<see cref="Luminance"/>), or three equal channels.</summary>
    private byte[] Recolor(ReadOnlySpan<byte> source)
    {
        var result = new byte[source.Length / from.Channels * to.Channels];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = to.Channels == 3 ? source[i / 3] : Luminance(source[3 * i], source[3 * i + 1], source[3 * i + 2]);
        }
        return result;
    }

    /// <summary>Returns the luminance of a color by ITU-R BT.601, in 16-bit steps; that of a grey is its value.</summary>
    internal static byte Luminance(uint red, uint green, uint blue) => (byte)((19595 * red + 38470 * green + 7471 * blue + 32768) >> 16);
}
