using System.Runtime.InteropServices;
using SkiaSharp;

namespace ConvNetShell.Rendering.Drawing;

/// <summary>The part of a frame that differs from the frame before: animations store no more than that.</summary>
/// <param name="Bitmap">The part's pixels.</param>
/// <param name="At">Where it lies: the column and the row are even, as WebP needs them.</param>
/// <param name="Whole">The size of a whole frame.</param>
/// <param name="Hundredths">How long the frame stays, in hundredths of a second.</param>
internal sealed record ChangedPart(SKBitmap Bitmap, SKPointI At, SKSizeI Whole, int Hundredths)
{
    /// <summary>Returns the frames' changed parts; of the first frame the whole.</summary>
    /// <param name="frames">Frames of one size, of 32 bits a pixel, and how long each stays; disposed by the caller.</param>
    /// <returns>The parts, whose bitmaps last until the next is asked for.</returns>
    public static IEnumerable<ChangedPart> Of(IEnumerable<(SKBitmap Bitmap, int Hundredths)> frames)
    {
        uint[] before = [];
        foreach ((SKBitmap bitmap, int hundredths) in frames)
        {
            uint[] now = MemoryMarshal.Cast<byte, uint>(bitmap.GetPixelSpan()).ToArray();
            SKRectI changed = before.Length == 0 ? bitmap.Info.Rect : Between(before, now, bitmap.Info.Size);
            using SKBitmap part = Cut(now, bitmap.Info, changed);
            yield return new ChangedPart(part, changed.Location, bitmap.Info.Size, hundredths);
            before = now;
        }
    }

    /// <summary>Returns the least rectangle from an even column and row that has all differences; at least one pixel.</summary>
    private static SKRectI Between(uint[] before, uint[] now, SKSizeI size)
    {
        (int left, int top, int right, int bottom) = (size.Width, size.Height, 0, 0);
        for (int row = 0; row < size.Height; row++)
        {
            ReadOnlySpan<uint> old = before.AsSpan(row * size.Width, size.Width),
                other = now.AsSpan(row * size.Width, size.Width);
            int same = old.CommonPrefixLength(other);
            if (same == size.Width)
            {
                continue;
            }
            int last = size.Width - 1;
            while (old[last] == other[last])
            {
                last--;
            }
            (left, right) = (Math.Min(left, same), Math.Max(right, last + 1));
            (top, bottom) = (Math.Min(top, row), row + 1);
        }
        return bottom == 0 ? new SKRectI(0, 0, 1, 1) : new SKRectI(left & ~1, top & ~1, right, bottom);
    }

    private static SKBitmap Cut(uint[] pixels, SKImageInfo info, SKRectI part)
    {
        var cut = new SKBitmap(info.WithSize(part.Width, part.Height));
        Span<uint> target = MemoryMarshal.Cast<byte, uint>(cut.GetPixelSpan());
        for (int row = 0; row < part.Height; row++)
        {
            pixels.AsSpan(((part.Top + row) * info.Width) + part.Left, part.Width).CopyTo(target[(row * part.Width)..]);
        }
        return cut;
    }
}
