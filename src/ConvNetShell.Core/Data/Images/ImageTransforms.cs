using SkiaSharp;

namespace ConvNetShell.Core.Data.Images;

/// <summary>What happens to a decoded picture before its bytes are taken. Each returns a bitmap of its own, to be disposed.</summary>
internal static class ImageTransforms
{
    /// <summary>Turns and mirrors a picture as its EXIF orientation says.</summary>
    public static SKBitmap Upright(SKBitmap source, SKEncodedOrigin origin)
    {
        if (origin is SKEncodedOrigin.TopLeft or SKEncodedOrigin.Default)
        {
            return Share(source);
        }
        bool turned =
            origin is SKEncodedOrigin.LeftTop or SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;
        int width = turned ? source.Height : source.Width,
            height = turned ? source.Width : source.Height;
        var result = new SKBitmap(source.Info.WithSize(width, height));
        using var canvas = new SKCanvas(result);
        float w = width,
            h = height;

        // Each row: where a stored (x, y) is to be seen, as x' = a x + b y + c and y' = d x + e y + f.
        (float A, float B, float C, float D, float E, float F) m = origin switch
        {
            SKEncodedOrigin.TopRight => (-1, 0, w, 0, 1, 0),
            SKEncodedOrigin.BottomRight => (-1, 0, w, 0, -1, h),
            SKEncodedOrigin.BottomLeft => (1, 0, 0, 0, -1, h),
            SKEncodedOrigin.LeftTop => (0, 1, 0, 1, 0, 0),
            SKEncodedOrigin.RightTop => (0, -1, w, 1, 0, 0),
            SKEncodedOrigin.RightBottom => (0, -1, w, -1, 0, h),
            _ => (0, 1, 0, -1, 0, h),
        };
        canvas.SetMatrix(new SKMatrix(m.A, m.B, m.C, m.D, m.E, m.F, 0, 0, 1));
        canvas.DrawBitmap(source, 0, 0);
        return result;
    }

    private static SKBitmap Share(SKBitmap source)
    {
        var view = new SKBitmap();
        view.InstallPixels(source.Info, source.GetPixels(), source.RowBytes);
        return view;
    }
}
