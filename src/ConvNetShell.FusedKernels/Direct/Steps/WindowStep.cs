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

        places = new NativeBuffer<int>(2 * Pixels, allocator);
        for (int i = 0; i < Pixels; i++)
        {
            (int line, int column) = Math.DivRem(i, Output.Width);
            (int frame, int row) = Math.DivRem(line, Output.Height);
            places.Start[i] = Input.At(
                frame * window.FrameStep - window.Front,
                row * window.RowStep - window.Top,
                column * window.ColumnStep - window.Left
            );
            places.Start[Pixels + i] = Output.At(frame, row, column);
        }
    }

    public override void Run(ImageMemory images, int part, int parts)
    {
        int tiles = Tiles(Pixels * images.Count),
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
            Run(images, packed!.Start + (1 + Window) * first, first, Math.Min(Wide, Bias.Length - first), pixels.From, pixels.To);
        }
    }

    private static int Tiles(int pixels) => (pixels + ConvTile.Pixels - 1) / ConvTile.Pixels;

    /// <summary>Computes pixels of all images for one vector of filters, or for two.</summary>
    private void Run(ImageMemory images, float* weights, int first, int filters, int begin, int end)
    {
        nint gap = Input.Frame - window.Rows * Input.Row;
        var tile = new ConvTile(Input.Row, gap, window.Rows, window.Frames, rowLength, Rectifies, packed!.Count > ManyWeights);
        int own = Pixels,
            count = own * images.Count;
        int* gathered = stackalloc int[2 * ConvTile.Pixels];
        Vector512<float> mask = Lanes.Last(filters);
        for (int next = begin; next < end; next++)
        {
            // the last tile begins within the one before it
            (int image, int at) = Math.DivRem(Math.Max(0, Math.Min(next * ConvTile.Pixels, count - ConvTile.Pixels)), own);
            int* from = places!.Start + at,
                to = from + own;
            if (at + ConvTile.Pixels > own)
            {
                Gather(at, count - image * own, (int)images.Step, gathered);
                from = gathered;
                to = gathered + ConvTile.Pixels;
            }
            float* memory = images.Of(image);
            if (filters > Lanes.Count)
            {
                tile.Two(memory, from, weights + Wide, weights, memory + first, to, mask);
            }
            else
            {
                tile.One(memory, from, weights + Lanes.Count, weights, memory + first, to, mask);
            }
        }
    }

    /// <summary>Says where the pixels of a tile are that does not end in the image it begins in, or is not full.</summary>
    /// <param name="first">The first pixel, in its image.</param>
    /// <param name="count">The pixels of that image and of those behind it; the last is taken again if they are too few.</param>
    /// <param name="step">The numbers from an image to the next.</param>
    /// <param name="to">Where windows begin, then where pixels are.</param>
    private void Gather(int first, int count, int step, int* to)
    {
        for (int i = 0; i < ConvTile.Pixels; i++)
        {
            (int image, int pixel) = Math.DivRem(Math.Min(first + i, count - 1), Pixels);
            to[i] = image * step + places!.Start[pixel];
            to[ConvTile.Pixels + i] = image * step + places.Start[Pixels + pixel];
        }
    }
}
