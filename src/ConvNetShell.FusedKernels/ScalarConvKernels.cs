using ConvNetShell.FusedKernels.Jit;
using ConvNetShell.FusedKernels.Numbers;

namespace ConvNetShell.FusedKernels;

/// <summary>
/// The kernels in plain loops, for any processor. They multiply only the values that a filter covers, where the compiled ones also multiply
/// a neighbor by zero; so they also
/// compute images with NaN or infinity.
/// </summary>
/// <param name="shape">The convolution.</param>
/// <param name="code">The layout of packed filters and sums.</param>
/// <param name="numbers">The kind of numbers.</param>
/// <typeparam name="T">The bits of a number.</typeparam>
internal sealed unsafe class ScalarConvKernels<T>(FusedConvShape shape, FusedConvCode code, IConvNumbers<T> numbers) : IConvKernels<T>
    where T : unmanaged
{
    /// <inheritdoc />
    public void Forward(T* input, uint* filters, int rows, float* start, T* output) =>
        Row(code.Forward, input, filters, rows, start, output);

    /// <inheritdoc />
    public void InputGradient(T* gradient, uint* filters, int rows, float* start, T* output) =>
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
                    AddRow(pixels, gradient + y * code.GradientPitch + filter, target);
                }
            }
        }
    }

    /// <inheritdoc />
    public void Dispose() { }

    private void Row(ConvRowCode row, T* input, uint* filters, int rows, float* start, T* output)
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
                    T* window = input + y * row.Pitch + pixel * row.Channels;
                    uint* weights = filters + y * row.RowLanes * lanes + filter;
                    for (int value = 0; value < values; value++)
                    {
                        sum += numbers.ToSingle(window[value]) * numbers.Part(weights[value / row.Packed * lanes], value % row.Packed);
                    }
                }
                output[pixel * row.Filters + filter] = numbers.Round(sum);
            }
        }
    }

    private void AddRow(uint* pixels, uint* gradient, float* sums)
    {
        for (int x = 0; x < shape.OutputWidth; x++)
        {
            int packed = code.Packed,
                step = x / packed,
                part = x % packed;
            float slope = numbers.Part(gradient[step * shape.Filters], part);
            for (int value = 0; value < shape.FilterRow; value++)
            {
                sums[value] += numbers.Part(pixels[step * packed * shape.Channels + value], part) * slope;
            }
        }
    }
}
