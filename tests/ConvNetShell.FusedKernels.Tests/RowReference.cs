using ConvNetShell.FusedKernels.Columns;
using ConvNetShell.FusedKernels.Direct.Planes;
using ConvNetShell.FusedKernels.Winograd;

namespace ConvNetShell.FusedKernels.Tests;

/// <summary>A convolution and its gradients in float64, straight from the definition, of numbers drawn from a seed.</summary>
internal sealed class RowReference
{
    public RowReference(WinogradShape shape, int count, int seed)
        : this(WithWindow(shape), count, seed) { }

    public RowReference(ColumnShape shape, int count, int seed)
    {
        (Shape, Count) = (shape, count);
        var random = new Random(seed);
        Images = Normal(random, count * shape.Height * shape.Width * shape.Channels, 1);
        Filters = Normal(
            random,
            shape.Filters * Taps * shape.Channels,
            Math.Sqrt(2.0 / (Taps * shape.Channels)) // as He has weights
        );
        Bias = Normal(random, shape.Filters, 1);
        Gradient = Normal(random, count * OutputSize, 1);
        Output = new double[Gradient.Length];
        InputGradient = new double[Images.Length];
        FilterGradient = new double[Filters.Length];
        BiasGradient = new double[Bias.Length];
        Compute();
    }

    public ColumnShape Shape { get; }

    public int Count { get; }

    public int ImageSize => Shape.Height * Shape.Width * Shape.Channels;

    public int OutputSize => Shape.OutputHeight * Shape.OutputWidth * Shape.Filters;

    public float[] Images { get; }

    public float[] Filters { get; }

    public float[] Bias { get; }

    public float[] Gradient { get; }

    public double[] Output { get; }

    public double[] InputGradient { get; }

    public double[] FilterGradient { get; }

    public double[] BiasGradient { get; }

    private int Taps => Shape.Window.Rows * Shape.Window.Columns;

    private static ColumnShape WithWindow(WinogradShape shape)
    {
        (int rows, int columns) = (shape.PaddingRows, shape.PaddingColumns);
        var window = new DirectWindow(3, 3, 1, 1, rows, columns, rows, columns);
        return new ColumnShape(shape.Channels, shape.Height, shape.Width, shape.Filters, window);
    }

    private static float[] Normal(Random random, int count, double deviation) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(_ =>
                    (float)(deviation * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble()))
                ),
        ];

    private void Compute()
    {
        for (int image = 0; image < Count; image++)
        {
            for (int y = 0; y < Shape.OutputHeight; y++)
            {
                for (int x = 0; x < Shape.OutputWidth; x++)
                {
                    for (int filter = 0; filter < Shape.Filters; filter++)
                    {
                        Pixel(image, y, x, filter);
                    }
                }
            }
        }
    }

    private void Pixel(int image, int y, int x, int filter)
    {
        int at = ((image * Shape.OutputHeight + y) * Shape.OutputWidth + x) * Shape.Filters + filter;
        double sum = Bias[filter],
            gradient = Gradient[at];
        BiasGradient[filter] += gradient;
        for (int tap = 0; tap < Taps; tap++)
        {
            int row = y * Shape.Window.RowStep + tap / Shape.Window.Columns - Shape.Window.Top,
                column = x * Shape.Window.ColumnStep + tap % Shape.Window.Columns - Shape.Window.Left;
            if (row < 0 || row >= Shape.Height || column < 0 || column >= Shape.Width)
            {
                continue;
            }
            int pixel = ((image * Shape.Height + row) * Shape.Width + column) * Shape.Channels,
                weight = (filter * Taps + tap) * Shape.Channels;
            for (int channel = 0; channel < Shape.Channels; channel++)
            {
                sum += (double)Images[pixel + channel] * Filters[weight + channel];
                InputGradient[pixel + channel] += gradient * Filters[weight + channel];
                FilterGradient[weight + channel] += gradient * Images[pixel + channel];
            }
        }
        Output[at] = sum;
    }
}
