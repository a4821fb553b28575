using ConvNetShell.FusedKernels.Jit;

namespace ConvNetShell.FusedKernels;

/// <summary>
/// The kernels in plain loops, for any processor. They multiply only the values that a filter covers, where the compiled ones also multiply
/// a neighbor by zero; so they also
/// compute images with NaN or infinity.
/// </summary>
/// <param name="shape">The convolution.</param>
/// <param name="code">The layout of packed filters and sums.</param>
internal sealed unsafe class ScalarConvKernels(FusedConvShape shape, FusedConvCode code) : IConvKernels
{
    private const int Half = 16; // bits

    /// <inheritdoc />
    public void Forward(ushort* input, uint* filters, int rows, float* start, ushort* output) =>
        Row(code.Forward, input, filters, rows, start, output);

    /// <inheritdoc />
    public void InputGradient(ushort* gradient, uint* filters, int rows, float* start, ushort* output) =>
        Row(code.InputGradient, gradient, filters, rows, start, output);

    /// <inheritdoc />
    public void AddFilterGradients(uint* input, uint* gradient, float* sums)
    {
        for (int filter = 0; filter < shape.Filters; filter++)
        {
            for (int row = 0; row < shape.KernelHeight; row++)
            {
                float* target = sums + filter * code.FilterLanes + row * code.RowLanes;
                (int first, int end) = shape.OutputRows(row);
                for (int y = first; y < end; y++)
                {
                    uint* pixels = input + (y + row - shape.PaddingRows) * shape.InputPitch;
                    AddRow(pixels, gradient + y * shape.GradientPairs * shape.Filters + filter, target);
                }
            }
        }
    }

    /// <inheritdoc />
    public void Dispose() { }

    private static void Row(ConvRowCode row, ushort* input, uint* filters, int rows, float* start, ushort* output)
    {
        int values = row.KernelWidth * row.Channels,
            lanes = row.Lanes;
        for (int pixel = 0; pixel < row.Width; pixel++)
        {
            for (int filter = 0; filter < row.Filters; filter++)
            {
                float sum = start[filter];
                for (int y = 0; y < rows; y++)
                {
                    ushort* window = input + y * row.Pitch + pixel * row.Channels;
                    uint* weights = filters + y * row.Pairs * lanes + filter;
                    for (int value = 0; value < values; value++)
                    {
                        sum += Number(window[value]) * Part(weights[value / 2 * lanes], value % 2);
                    }
                }
                output[pixel * row.Filters + filter] = BFloat16Rows.Round(sum);
            }
        }
    }

    private static float Number(uint bits) => BitConverter.UInt32BitsToSingle(bits << Half);

    private static float Part(uint pair, int index) => Number(index == 0 ? pair & ushort.MaxValue : pair >> Half);

    private void AddRow(uint* pixels, uint* gradient, float* sums)
    {
        for (int x = 0; x < shape.OutputWidth; x++)
        {
            float slope = Part(gradient[x / 2 * shape.Filters], x % 2);
            for (int value = 0; value < shape.FilterRow; value++)
            {
                sums[value] += Part(pixels[x / 2 * 2 * shape.Channels + value], x % 2) * slope;
            }
        }
    }
}
