using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ConvNetShell.FusedKernels.Direct;

/// <summary>A fully connected layer.</summary>
internal sealed unsafe class DenseStep : IDirectStep
{
    private const int Wide = 4 * Lanes.Count; // units that are computed side by side; those that are missing are zeros
    private readonly Plane input;
    private readonly float[] weights,
        bias;
    private NativeBuffer<float>? packed;

    /// <param name="input">Its input.</param>
    /// <param name="output">Its output, a pixel.</param>
    /// <param name="weights">The weights: units x channels x rows x columns, as a picture is flattened.</param>
    /// <param name="bias">A number for each unit.</param>
    public DenseStep(Plane input, Plane output, float[] weights, float[] bias) =>
        (this.input, Output, this.weights, this.bias) = (input, output, weights, bias);

    public IReadOnlyList<Plane> Inputs => [input];

    public Plane Output { get; }

    public bool Rectifies { get; set; }

    public void Prepare(INativeMemory allocator)
    {
        int blocks = (bias.Length + Wide - 1) / Wide,
            pixels = input.Height * input.Width;
        packed = new NativeBuffer<float>((1 + input.Count) * blocks * Wide, allocator);
        for (int unit = 0; unit < bias.Length; unit++)
        {
            float* to = packed.Start + unit / Wide * (1 + input.Count) * Wide + unit % Wide;
            *to = bias[unit];
            for (int i = 0; i < input.Count; i++)
            {
                (int pixel, int channel) = Math.DivRem(i, input.Channels);
                to[(1 + i) * Wide] = weights[unit * input.Count + channel * pixels + pixel];
            }
        }
    }

    public void Run(float* memory, int part)
    {
        Vector512<float> last = Lanes.Last(bias.Length);
        float* from = packed!.Start,
            output = memory + Output.At(0, 0);
        for (int first = 0; first < bias.Length; first += Wide, from += (1 + input.Count) * Wide)
        {
            Block(memory, from, first, output, last);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Block(float* memory, float* from, int first, float* output, Vector512<float> last)
    {
        Vector512<float> a = Vector512.Load(from),
            b = Vector512.Load(from + Lanes.Count),
            c = Vector512.Load(from + 2 * Lanes.Count),
            d = Vector512.Load(from + 3 * Lanes.Count);
        int length = input.Width * input.Channels;
        for (int y = 0; y < input.Height; y++)
        {
            float* row = memory + input.At(y, 0);
            for (int i = 0; i < length; i++)
            {
                from += Wide;
                Vector512<float> number = Vector512.Create(row[i]);
                a = Avx512F.FusedMultiplyAdd(number, Vector512.Load(from), a);
                b = Avx512F.FusedMultiplyAdd(number, Vector512.Load(from + Lanes.Count), b);
                c = Avx512F.FusedMultiplyAdd(number, Vector512.Load(from + 2 * Lanes.Count), c);
                d = Avx512F.FusedMultiplyAdd(number, Vector512.Load(from + 3 * Lanes.Count), d);
            }
        }

        Store(output, first, a, last);
        Store(output, first + Lanes.Count, b, last);
        Store(output, first + 2 * Lanes.Count, c, last);
        Store(output, first + 3 * Lanes.Count, d, last);
    }

    private void Store(float* output, int at, Vector512<float> sum, Vector512<float> last)
    {
        if (at < bias.Length)
        {
            Lanes.Store(output + at, sum, Lanes.Mask(at, bias.Length, last), Rectifies);
        }
    }
}
