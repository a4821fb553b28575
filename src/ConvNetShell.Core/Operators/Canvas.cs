namespace ConvNetShell.Core.Operators;

/// <summary>A color picture to paint boxes and discs on; what lies outside is left out.</summary>
internal sealed class Canvas
{
    private readonly int height,
        width;

    public Canvas(int height, int width, byte[] ground)
    {
        (this.height, this.width) = (height, width);
        Pixels = new byte[3 * height * width];
        Box(0, 0, height, width, ground);
    }

    /// <summary>Gets the pixels: row by row, red, green and blue together.</summary>
    public byte[] Pixels { get; }

    public void Box(int top, int left, int high, int wide, byte[] color)
    {
        for (int y = Math.Max(0, top); y < Math.Min(height, top + high); y++)
        {
            for (int x = Math.Max(0, left); x < Math.Min(width, left + wide); x++)
            {
                color.CopyTo(Pixels, 3 * (y * width + x));
            }
        }
    }

    public void Disc(int middleY, int middleX, int radius, byte[] color)
    {
        for (int y = -radius; y <= radius; y++)
        {
            int reach = (int)Math.Sqrt(radius * radius - y * y);
            Box(middleY + y, middleX - reach, 1, 2 * reach + 1, color);
        }
    }

    public byte[] Cut(int top, int left, int high, int wide)
    {
        var part = new byte[3 * high * wide];
        for (int y = 0; y < high; y++)
        {
            Array.Copy(Pixels, 3 * ((top + y) * width + left), part, 3 * y * wide, 3 * wide);
        }
        return part;
    }
}
