namespace ConvNetShell.Core.Data.Augmentations;

/// <summary>
/// Changes brightness, contrast and saturation of pictures of bytes, channels last, in that order: times a factor; away from or towards the
/// picture's mean
/// grey; away from or towards each pixel's own grey (0.299 red + 0.587 green + 0.114 blue, ITU-R BT.601).
/// </summary>
/// <param name="channels">1 or 3.</param>
/// <param name="elements">The bytes of a picture.</param>
internal sealed class ColorJitter(int channels, int elements)
{
    private readonly byte[] buffer = new byte[elements];

    /// <summary>Returns the picture with a draw's colors; valid until the next call.</summary>
    public ReadOnlySpan<byte> Apply(ReadOnlySpan<byte> source, in AugmentationSample draw)
    {
        (float brightness, float contrast, float saturation) = draw.Color;
        double sum = 0;
        for (int i = 0; i < source.Length; i += channels)
        {
            sum += Grey(source, i);
        }
        float mean = (float)(sum / (source.Length / channels)) * brightness;
        for (int i = 0; i < source.Length; i += channels)
        {
            float grey = mean + (Grey(source, i) * brightness - mean) * contrast;
            for (int c = 0; c < channels; c++)
            {
                float value = mean + (source[i + c] * brightness - mean) * contrast;
                buffer[i + c] = (byte)Math.Clamp(MathF.Round(grey + (value - grey) * saturation), 0, byte.MaxValue);
            }
        }
        return buffer;
    }

    private float Grey(ReadOnlySpan<byte> source, int at) =>
        channels == 1 ? source[at] : 0.299f * source[at] + 0.587f * source[at + 1] + 0.114f * source[at + 2];
}
