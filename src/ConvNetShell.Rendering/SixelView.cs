using ConvNetShell.Display.Mime;
using ConvNetShell.Rendering.Terminal;
using SkiaSharp;

namespace ConvNetShell.Rendering;

/// <summary>Draws records as pixels of a terminal: the picture that a file would have, as wide as the window allows.</summary>
internal static class SixelView
{
    private const int SharpCell = 30,
        LeastWidth = 120;

    /// <summary>Returns the escape sequence, or <see langword="null"/> for a record without a picture.</summary>
    public static string? Draw(object value, TerminalOptions terminal, SixelOptions sixel, RenderOptions options)
    {
        RendererRegistry registry = Renderers.Create();
        if (!registry.CanRender(value))
        {
            return null;
        }
        int room = Math.Max(LeastWidth, (terminal.Width - 1) * sixel.CellWidth);
        float scale = sixel.CellHeight >= SharpCell ? 2 : 1; // letters on a sharp screen as large as the others
        options = options with { Interactive = false, Scale = scale, Dark = options.Dark ?? sixel.Dark };
        SKBitmap bitmap = Bitmap(registry.Render(value, options));
        if (bitmap.Width > room && options.Width is null)
        {
            bitmap.Dispose();
            bitmap = Bitmap(registry.Render(value, options with { Width = Math.Max(LeastWidth, (int)(room / scale)) }));
        }
        using (bitmap)
        {
            if (bitmap.Width <= room)
            {
                return SixelImage.Encode(bitmap, sixel.Colors);
            }
            using SKBitmap fitted =
                bitmap.Resize(
                    new SKImageInfo(room, Math.Max(1, (int)((long)bitmap.Height * room / bitmap.Width))),
                    new SKSamplingOptions(SKCubicResampler.Mitchell)
                ) ?? throw new InvalidOperationException("The picture could not be resized.");
            return SixelImage.Encode(fitted, sixel.Colors);
        }
    }

    private static SKBitmap Bitmap(MimeBundle bundle) =>
        SKBitmap.Decode(Convert.FromBase64String(bundle.Data[MimeBundle.Png]))
        ?? throw new InvalidOperationException("The PNG that was drawn could not be read.");
}
