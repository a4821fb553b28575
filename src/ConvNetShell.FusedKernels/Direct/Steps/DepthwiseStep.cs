using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using ConvNetShell.FusedKernels.Direct.Planes;
using ConvNetShell.FusedKernels.Vectors;

namespace ConvNetShell.FusedKernels.Direct.Steps;

/// <summary>
/// A convolution whose filters see a channel each (depthwise; Howard et al., arXiv 1704.04861): sixteen channels at a time.
/// </summary>
/// <param name="input">Its input.</param>
/// <param name="window">The window.</param>
/// <param name="filters">The weights: channels x frames x rows x columns.</param>
/// <param name="bias">A number for each channel.</param>
internal sealed unsafe class DepthwiseStep(Plane input, DirectWindow window, float[] filters, float[] bias)
    : ConvolutionStep(input, window.Over(input, bias.Length), filters, bias)
{
    private const int Together = 4; // pixels for which a weight is read once
    private NativeBuffer<float>? packed; // for each vector of channels the biases, then the weights of each place of the window
    private NativeBuffer<int>? places; // of the window's numbers, from its first on

    protected override int MostParts => Output.Lines;

    protected override long LeastForPart => 32_000; // each waits for a number of the image

    private int Window => window.Frames * window.Rows * window.Columns;

    protected override void Pack(INativeMemory allocator)
    {
        packed = new NativeBuffer<float>((1 + Window) * Lanes.Vectors(Bias.Length) * Lanes.Count, allocator);
        for (int channel = 0; channel < Bias.Length; channel++)
        {
            (int vector, int lane) = Math.DivRem(channel, Lanes.Count);
            float* to = packed.Start + vector * (1 + Window) * Lanes.Count + lane;
            *to = Bias[channel];
            for (int i = 0; i < Window; i++)
            {
                to[(1 + i) * Lanes.Count] = Filters[channel * Window + i];
            }
        }

        places = new NativeBuffer<int>(Window, allocator);
        for (int i = 0; i < Window; i++)
        {
            (int line, int column) = Math.DivRem(i, window.Columns);
            (int frame, int row) = Math.DivRem(line, window.Rows);
            places.Start[i] = frame * Input.Frame + row * Input.Row + column * Input.Channels;
        }
    }

    public override void Run(ImageMemory images, int part, int parts)
    {
        int begin = Output.Lines * part / parts,
            end = Output.Lines * (part + 1) / parts;
        for (int image = 0; image < images.Count; image++)
        {
            for (int line = begin; line < end; line++)
            {
                (int frame, int row) = Math.DivRem(line, Output.Height);
                int first = Input.At(frame * window.FrameStep - window.Front, row * window.RowStep - window.Top, -window.Left);
                float* memory = images.Of(image);
                Run(memory + first, memory + Output.Line(line));
            }
        }
    }

    /// <summary>Computes a row of pixels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Run(float* from, float* to)
    {
        int channels = Input.Channels,
            count = Window;
        nint step = window.ColumnStep * channels;
        int* at = places!.Start;
        float* weights = packed!.Start;
        Vector512<float> last = Lanes.Last(channels);
        for (int c = 0; c < channels; c += Lanes.Count, weights += (1 + count) * Lanes.Count)
        {
            Vector512<float> bias = Vector512.Load(weights),
                mask = Lanes.Mask(c, channels, last);
            float* pixel = from + c,
                result = to + c;
            int left = Output.Width;
            for (; left >= Together; left -= Together, pixel += Together * step, result += Together * channels)
            {
                Vector512<float> s0 = bias,
                    s1 = bias,
                    s2 = bias,
                    s3 = bias;
                for (int i = 0; i < count; i++)
                {
                    Vector512<float> weight = Vector512.Load(weights + (1 + i) * Lanes.Count);
                    float* number = pixel + at[i];
                    s0 = Avx512F.FusedMultiplyAdd(Vector512.Load(number), weight, s0);
                    s1 = Avx512F.FusedMultiplyAdd(Vector512.Load(number + step), weight, s1);
                    s2 = Avx512F.FusedMultiplyAdd(Vector512.Load(number + 2 * step), weight, s2);
                    s3 = Avx512F.FusedMultiplyAdd(Vector512.Load(number + 3 * step), weight, s3);
                }
                Lanes.Store(result, s0, mask, Rectifies);
                Lanes.Store(result + channels, s1, mask, Rectifies);
                Lanes.Store(result + 2 * channels, s2, mask, Rectifies);
                Lanes.Store(result + 3 * channels, s3, mask, Rectifies);
            }
            for (; left > 0; left--, pixel += step, result += channels)
            {
                Vector512<float> sum = bias;
                for (int i = 0; i < count; i++)
                {
                    sum = Avx512F.FusedMultiplyAdd(Vector512.Load(pixel + at[i]), Vector512.Load(weights + (1 + i) * Lanes.Count), sum);
                }
                Lanes.Store(result, sum, mask, Rectifies);
            }
        }
    }
}
