namespace ConvNetShell.Core.Data.Augmentations;

/// <summary>
/// Rotates, enlarges and moves pictures of bytes, channels last; between pixels it takes the mean (bilinear), beyond the border the mirror
/// image.
/// </summary>
/// <param name="channels">The channels.</param>
/// <param name="height">The height in pixels.</param>
/// <param name="width">The width in pixels.</param>
internal sealed class RandomAffine(int channels, int height, int width)
{
    private readonly byte[] buffer = new byte[channels * height * width];

    /// <summary>Returns the picture with a draw's geometry applied; valid until the next call.</summary>
    public ReadOnlySpan<byte> Apply(ReadOnlySpan<byte> source, in AugmentationSample draw)
    {
        float[] map = draw.Map(height, width);
        double high = (height - 1) / 2.0,
            wide = (width - 1) / 2.0;
        int at = 0;
        for (int y = 0; y < height; y++)
        {
            double v = high > 0 ? y / high - 1 : 0;
            for (int x = 0; x < width; x++)
            {
                double u = wide > 0 ? x / wide - 1 : 0;
                double fromX = Mirror((map[0] * u + map[1] * v + map[2] + 1) * wide, width);
                double fromY = Mirror((map[3] * u + map[4] * v + map[5] + 1) * high, height);
                int left = (int)fromX,
                    top = (int)fromY,
                    right = Math.Min(left + 1, width - 1),
                    bottom = Math.Min(top + 1, height - 1);
                double across = fromX - left,
                    down = fromY - top;
                for (int c = 0; c < channels; c++)
                {
                    double upper =
                        source[(top * width + left) * channels + c] * (1 - across) + source[(top * width + right) * channels + c] * across;
                    double lower =
                        source[(bottom * width + left) * channels + c] * (1 - across)
                        + source[(bottom * width + right) * channels + c] * across;
                    buffer[at++] = (byte)Math.Clamp((int)(upper * (1 - down) + lower * down + 0.5), 0, byte.MaxValue);
                }
            }
        }
        return buffer;
    }

    private static double Mirror(double position, int size)
    {
        double last = size - 1;
        if (last == 0)
        {
            return 0;
        }
        double folded = Math.Abs(position) % (2 * last);
        return folded <= last ? folded : 2 * last - folded;
    }
}
