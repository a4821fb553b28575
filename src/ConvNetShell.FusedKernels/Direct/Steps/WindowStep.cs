using System.Runtime.Intrinsics;
using ConvNetShell.FusedKernels.Direct.Planes;
using ConvNetShell.FusedKernels.Vectors;

namespace ConvNetShell.FusedKernels.Direct.Steps;

/// <summary>A convolution by the definition, window by window.</summary>
/// <param name="input">Its input.</param>
/// <param name="window">The window.</param>
/// <param name="filters">The weights: filters x frames x rows x columns x channels.</param>
/// <param name="bias">A number for each filter.</param>
internal sealed unsafe class WindowStep(Plane input, DirectWindow window, float[] filters, float[] bias)
    : ConvolutionStep(input, window.Over(input, bias.Length), filters, bias)
{
    private const int Wide = 2 * Lanes.Count;
    private const int ManyWeights = 1 << 16; // with those of other layers more than the second cache holds
    private readonly int rowLength = window.Columns * input.Channels;
    private NativeBuffer<float>? packed;
    private NativeBuffer<int>? places; // where windows begin, then where pixels are

    protected override int MostParts => Math.Max(Tiles(Pixels), Chunks);

    private int Chunks => (Bias.Length + Wide - 1) / Wide; // of filters, each computed for all pixels of a part

    private int Window => window.Frames * window.Rows * rowLength;

    protected override void Pack(INativeMemory allocator)
    {
        int vectors = Lanes.Vectors(Bias.Length);
        packed = new NativeBuffer<float>((1 + Window) * vectors * Lanes.Count, allocator);
        float* to = packed.Start;
        for (int first = 0; first < Bias.Length; first += Wide)
        {
            int lanes = Lanes.Vectors(Math.Min(Wide, Bias.Length - first)) * Lanes.Count;
            for (int lane = 0; lane < lanes && first + lane < Bias.Length; lane++)
            {
                to[lane] = Bias[first + lane];
                for (int i = 0; i < Window; i++)
                {
                    to[(1 + i) * lanes + lane] = Filters[(first + lane) * Window + i];
                }
            }

            to += (1 + Window) * lanes;
        }

        int count = Math.Max(Pixels, ConvTile.Pixels); // fewer pixels than a tile has are computed several times
        places = new NativeBuffer<int>(2 * count, allocator);
        for (int i = 0; i < count; i++)
        {
            (int line, int column) = Math.DivRem(Math.Min(i, Pixels - 1), Output.Width);
            (int frame, int row) = Math.DivRem(line, Output.Height);
            places.Start[i] = Input.At(
                frame * window.FrameStep - window.Front,
                row * window.RowStep - window.Top,
                column * window.ColumnStep - window.Left
            );
            places.Start[count + i] = Output.At(frame, row, column);
        }
    }

    public override void Run(ImageMemory images, int part, int parts)
    {
        int tiles = Tiles(places!.Count / 2),
            chunks = Chunks;
        (int From, int To) pixels = (0, tiles),
            filters = (0, chunks);
        if (tiles >= chunks)
        {
            pixels = (tiles * part / parts, tiles * (part + 1) / parts);
        }
        else
        {
            filters = (chunks * part / parts, chunks * (part + 1) / parts); // each weight is read by one thread only
        }
        for (int chunk = filters.From; chunk < filters.To; chunk++)
        {
            int first = chunk * Wide;
            float* weights = packed!.Start + (1 + Window) * first;
            for (int image = 0; image < images.Count; image++)
            {
                Run(
                    images.Of(image),
                    weights,
                    first,
                    Math.Min(Wide, Bias.Length - first),
                    pixels.From * ConvTile.Pixels,
                    pixels.To * ConvTile.Pixels
                );
            }
        }
    }

    private static int Tiles(int pixels) => (pixels + ConvTile.Pixels - 1) / ConvTile.Pixels;

    /// <summary>Computes pixels of an image for one vector of filters, or for two.</summary>
    private void Run(float* memory, float* weights, int first, int filters, int begin, int end)
    {
        nint gap = Input.Frame - window.Rows * Input.Row;
        var tile = new ConvTile(Input.Row, gap, window.Rows, window.Frames, rowLength, Rectifies, packed!.Count > ManyWeights);
        int count = places!.Count / 2,
            last = count - ConvTile.Pixels;
        int* from = places.Start,
            to = from + count;
        Vector512<float> mask = Lanes.Last(filters);
        for (int next = begin; next < Math.Min(end, count); next += ConvTile.Pixels)
        {
            int at = Math.Min(next, last); // the last tile begins within the one before it
            if (filters > Lanes.Count)
            {
                tile.Two(memory, from + at, weights + Wide, weights, memory + first, to + at, mask);
            }
            else
            {
                tile.One(memory, from + at, weights + Lanes.Count, weights, memory + first, to + at, mask);
            }
        }
    }
}
