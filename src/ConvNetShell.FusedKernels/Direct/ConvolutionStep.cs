using System.Runtime.Intrinsics;

namespace ConvNetShell.FusedKernels.Direct;

/// <summary>A convolution.</summary>
internal sealed unsafe class ConvolutionStep : IDirectStep
{
    private const int Wide = 2 * Lanes.Count;
    private const long LeastForPart = 250_000; // multiplications, two microseconds or three
    private const int MostParts = 16;
    private readonly Plane input;
    private readonly DirectWindow window;
    private readonly float[] filters,
        bias;
    private readonly int rowLength;
    private NativeBuffer<float>? packed;
    private NativeBuffer<int>? places; // where windows begin, then where pixels are

    /// <param name="input">Its input.</param>
    /// <param name="output">Its output.</param>
    /// <param name="window">The window.</param>
    /// <param name="filters">The weights: filters x rows x columns x channels.</param>
    /// <param name="bias">A number for each filter.</param>
    public ConvolutionStep(Plane input, Plane output, DirectWindow window, float[] filters, float[] bias)
    {
        (this.input, Output, this.window, this.filters, this.bias) = (input, output, window, [.. filters], [.. bias]);
        rowLength = window.Columns * input.Channels;
    }

    public IReadOnlyList<Plane> Inputs => [input];

    public Plane Output { get; }

    public bool Rectifies { get; set; }

    /// <summary>Gets the multiplications.</summary>
    public long Products => (long)Pixels * Window * bias.Length;

    public int Parts => (int)Math.Clamp(Products / LeastForPart, 1, Math.Min(MostParts, (Pixels + ConvTile.Pixels - 1) / ConvTile.Pixels));

    private int Pixels => Output.Height * Output.Width;

    private int Window => window.Rows * rowLength;

    /// <summary>Multiplies each filter's output and adds to it, by other weights and biases.</summary>
    public void Scale(ReadOnlySpan<double> scale, ReadOnlySpan<double> shift)
    {
        for (int f = 0; f < bias.Length; f++)
        {
            for (int i = f * Window; i < (f + 1) * Window; i++)
            {
                filters[i] = (float)(filters[i] * scale[f]);
            }

            bias[f] = (float)(bias[f] * scale[f] + shift[f]);
        }
    }

    public void Prepare(INativeMemory allocator)
    {
        int vectors = Lanes.Vectors(bias.Length);
        packed = new NativeBuffer<float>((1 + Window) * vectors * Lanes.Count, allocator);
        float* to = packed.Start;
        for (int first = 0; first < bias.Length; first += Wide)
        {
            int lanes = Lanes.Vectors(Math.Min(Wide, bias.Length - first)) * Lanes.Count;
            for (int lane = 0; lane < lanes && first + lane < bias.Length; lane++)
            {
                to[lane] = bias[first + lane];
                for (int i = 0; i < Window; i++)
                {
                    to[(1 + i) * lanes + lane] = filters[(first + lane) * Window + i];
                }
            }

            to += (1 + Window) * lanes;
        }

        int count = Math.Max(Pixels, ConvTile.Pixels); // fewer pixels than a tile has are computed several times
        places = new NativeBuffer<int>(2 * count, allocator);
        for (int i = 0; i < count; i++)
        {
            (int row, int column) = Math.DivRem(Math.Min(i, Pixels - 1), Output.Width);
            places.Start[i] = input.At(row * window.RowStep - window.Top, column * window.ColumnStep - window.Left);
            places.Start[count + i] = Output.At(row, column);
        }
    }

    public void Run(float* memory, int part)
    {
        var tile = new ConvTile(input.Row, window.Rows, rowLength, Rectifies);
        int count = places!.Count / 2,
            last = count - ConvTile.Pixels;
        int tiles = (count + ConvTile.Pixels - 1) / ConvTile.Pixels,
            begin = tiles * part / Parts * ConvTile.Pixels,
            end = Math.Min(count, tiles * (part + 1) / Parts * ConvTile.Pixels);
        int* from = places.Start,
            to = from + count;
        float* weights = packed!.Start;
        for (int first = 0; first < bias.Length; first += Wide)
        {
            int filters = Math.Min(Wide, bias.Length - first),
                lanes = Lanes.Vectors(filters) * Lanes.Count;
            Vector512<float> mask = Lanes.Last(filters);
            for (int next = begin; next < end; next += ConvTile.Pixels)
            {
                int at = Math.Min(next, last); // the last tile begins within the one before it
                if (lanes == Wide)
                {
                    tile.Two(memory, from + at, weights + lanes, weights, memory + first, to + at, mask);
                }
                else
                {
                    tile.One(memory, from + at, weights + lanes, weights, memory + first, to + at, mask);
                }
            }

            weights += (1 + Window) * lanes;
        }
    }
}
