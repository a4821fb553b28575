namespace ConvNetShell.Core.Data.Images;

/// <summary>How the pixels of a line are mixed into those of a line of another length; the middles of the two lie together.</summary>
internal sealed class ResizeAxis
{
    private readonly int[] first;
    private readonly float[][] kernels;

    /// <param name="from">The pixels of the line.</param>
    /// <param name="to">The pixels of the result.</param>
    /// <param name="scale">How many pixels of the result one pixel takes; what lies outside the line stays black.</param>
    public ResizeAxis(int from, int to, double scale)
    {
        first = new int[to];
        kernels = new float[to][];
        double reach = Math.Max(1, 1 / scale);
        for (int i = 0; i < to; i++)
        {
            double middle = (i + 0.5 - to / 2.0) / scale + from / 2.0;
            int start = Math.Max(0, (int)Math.Floor(middle - reach + 0.5)),
                end = Math.Min(from, (int)Math.Floor(middle + reach + 0.5));
            bool isInside = middle > 0 && middle < from;
            double[] weights = isInside
                ? [.. Enumerable.Range(start, end - start).Select(pixel => Math.Max(0, 1 - Math.Abs(pixel + 0.5 - middle) / reach))]
                : [];
            double sum = weights.Sum();
            first[i] = start;
            kernels[i] = [.. weights.Select(weight => (float)(weight / sum))];
        }
    }

    /// <summary>Mixes the pixels of a row.</summary>
    /// <param name="source">The row, the channels of a pixel together.</param>
    /// <param name="target">The mixed row.</param>
    /// <param name="channels">The channels of a pixel.</param>
    public void Mix(ReadOnlySpan<byte> source, Span<float> target, int channels)
    {
        for (int i = 0; i < kernels.Length; i++)
        {
            float[] kernel = kernels[i];
            for (int channel = 0; channel < channels; channel++)
            {
                float sum = 0;
                for (int k = 0; k < kernel.Length; k++)
                {
                    sum += kernel[k] * source[(first[i] + k) * channels + channel];
                }
                target[i * channels + channel] = sum;
            }
        }
    }

    /// <summary>Mixes rows and rounds them to bytes.</summary>
    /// <param name="source">The rows, one after the other.</param>
    /// <param name="target">The mixed rows.</param>
    /// <param name="width">The values of a row.</param>
    public void Mix(ReadOnlySpan<float> source, Span<byte> target, int width)
    {
        var sums = new float[width];
        for (int i = 0; i < kernels.Length; i++)
        {
            Array.Clear(sums);
            for (int k = 0; k < kernels[i].Length; k++)
            {
                float kernel = kernels[i][k];
                ReadOnlySpan<float> row = source.Slice((first[i] + k) * width, width);
                for (int x = 0; x < width; x++)
                {
                    sums[x] += kernel * row[x];
                }
            }
            Span<byte> line = target.Slice(i * width, width);
            for (int x = 0; x < width; x++)
            {
                line[x] = (byte)Math.Clamp(MathF.Round(sums[x]), 0, 255);
            }
        }
    }
}
