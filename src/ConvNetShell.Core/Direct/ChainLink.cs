using ConvNetShell.Core.MachineCode;
using ConvNetShell.Core.Networks;

namespace ConvNetShell.Core.Direct;

/// <summary>
/// Computes a convolution with the pooling and rectifier behind it, there and back, one picture at a time: what a picture needs stays in the processor's
/// nearest memory.
/// </summary>
internal sealed unsafe class ChainLink : IDisposable
{
    private readonly LinkCode code;
    private readonly LinkWeights weights;
    private readonly MachineFunction forward;
    private readonly MachineFunction? backward;
    private readonly WindowMaximum maximum, route;
    private readonly AlignedMemory<ushort> pictures, band, gradient;
    private readonly AlignedMemory<short> places;
    private readonly AlignedMemory<uint> inputPairs, gradientPairs;

    /// <param name="shape">What is computed.</param>
    /// <param name="weight">The filters, float32, the channels of a pixel together.</param>
    /// <param name="bias">What is added for each filter, or <see langword="null"/>.</param>
    /// <param name="capacity">The most pictures of a batch.</param>
    /// <param name="isFirst">Whether the pictures come from the data, so that nobody asks for their gradients.</param>
    public ChainLink(LinkShape shape, NamedTensor weight, NamedTensor? bias, int capacity, bool isFirst)
    {
        Shape = shape;
        code = new LinkCode(shape);
        weights = new LinkWeights(shape, code, weight, bias, isFirst);
        forward = CodeCache.Get(code.Forward);
        backward = isFirst ? null : CodeCache.Get(code.Backward);
        maximum = new WindowMaximum(shape.Side, shape.OutputWidth, shape.Filters, shape.Side, shape.IsRectified);
        route = new WindowMaximum(
            shape.Side, shape.OutputWidth, shape.Filters, shape.Side, shape.IsRectified, shape.GradientPitch - shape.OutputWidth * shape.Filters);
        pictures = new AlignedMemory<ushort>(capacity * shape.Input);
        places = new AlignedMemory<short>(capacity * shape.Pooled);
        band = new AlignedMemory<ushort>(shape.Side * shape.OutputWidth * shape.Filters);
        gradient = new AlignedMemory<ushort>(shape.OutputHeight * shape.GradientPitch);
        inputPairs = new AlignedMemory<uint>(shape.Input);
        gradientPairs = new AlignedMemory<uint>(shape.OutputHeight * shape.GradientPairs * shape.Filters);
    }

    /// <summary>Gets what is computed.</summary>
    public LinkShape Shape { get; }

    /// <summary>Returns where a row of a picture is to be put before <see cref="Forward"/>.</summary>
    /// <param name="picture">The picture's place in the batch.</param>
    /// <param name="row">The row.</param>
    public ushort* InputRow(int picture, int row) => pictures.Start + picture * Shape.Input + row * Shape.InputPitch + Shape.PaddingColumns * Shape.Channels;

    /// <summary>Begins a batch: takes over what the weights are now.</summary>
    public void Begin() => weights.Take();

    /// <summary>Ends a batch: adds to the gradients of the weights what <see cref="Backward"/> has gathered.</summary>
    public void End() => weights.AddGradients();

    /// <summary>Computes a row of what comes out.</summary>
    /// <param name="picture">The picture's place in the batch.</param>
    /// <param name="row">The row.</param>
    /// <param name="target">Where it goes; a vector's worth behind it may be overwritten, with zeros where the input is finite.</param>
    public void Forward(int picture, int row, ushort* target)
    {
        ushort* rows = Shape.IsChanged ? band.Start : target, input = pictures.Start + picture * Shape.Input;
        for (int i = 0; i < Shape.Side; i++)
        {
            int place = row * Shape.Side + i - Shape.PaddingRows, first = Math.Max(-place, 0), last = Math.Min(Shape.KernelHeight, Shape.Height - place);
            Apply(forward, input + (place + first) * Shape.InputPitch, weights.Filters, first, last, weights.Start, rows + i * Shape.OutputWidth * Shape.Filters);
        }
        if (Shape.IsChanged)
        {
            maximum.Find(
                new ReadOnlySpan<short>(rows, band.Count), new Span<short>(target, Shape.PooledRow), places.Slice(picture * Shape.Pooled + row * Shape.PooledRow, Shape.PooledRow));
        }
    }

    /// <summary>Takes the gradients of what came out for a picture back to the weights, and to the picture.</summary>
    /// <param name="picture">The picture's place in the batch.</param>
    /// <param name="output">The gradients of what came out.</param>
    /// <param name="input">Where the gradients of the picture go, without zeros left and right; not for the first link.</param>
    public void Backward(int picture, ushort* output, ushort* input)
    {
        short* own = places.Start + picture * Shape.Pooled;
        for (int row = 0; row < Shape.PooledHeight; row++)
        {
            var values = new ReadOnlySpan<short>(output + row * Shape.PooledRow, Shape.PooledRow);
            ushort* target = gradient.Start + row * Shape.Side * Shape.GradientPitch + Shape.GradientMargin;
            route.Route(values, new ReadOnlySpan<short>(own + row * Shape.PooledRow, Shape.PooledRow), new Span<short>(target, Shape.Side * Shape.OutputWidth * Shape.Filters));
        }
        Bfloat16Rows.AddPlaced(output, own, weights.Sums, Shape.PooledHeight * Shape.PooledWidth, Shape.Filters);
        GatherFilters(picture);
        for (int row = 0; row < Shape.Height && backward is not null; row++)
        {
            int place = row - (Shape.KernelHeight - 1 - Shape.PaddingRows), first = Math.Max(-place, 0), last = Math.Min(Shape.KernelHeight, Shape.OutputHeight - place);
            Apply(backward, gradient.Start + (place + first) * Shape.GradientPitch, weights.Turned!, first, last, weights.Nothing, input + row * Shape.Width * Shape.Channels);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        weights.Dispose();
        pictures.Dispose();
        band.Dispose();
        gradient.Dispose();
        places.Dispose();
        inputPairs.Dispose();
        gradientPairs.Dispose();
    }

    private static void Apply(MachineFunction function, ushort* source, PackedFilters filters, int first, int last, float* start, ushort* target)
    {
        nint* arguments = stackalloc nint[] { (nint)source, (nint)(filters.Start + first * filters.RowPairs), last - first, (nint)start, (nint)target };
        function.Run(arguments);
    }

    private void GatherFilters(int picture)
    {
        Bfloat16Rows.PairAll(pictures.Start + picture * Shape.Input, inputPairs.Start, Shape.Input, Shape.Channels);
        int pitch = Shape.GradientPairs * Shape.Filters;
        for (int row = 0; row < Shape.OutputHeight; row++)
        {
            Bfloat16Rows.PairEven(gradient.Start + row * Shape.GradientPitch + Shape.GradientMargin, gradientPairs.Start + row * pitch, Shape.GradientPairs, Shape.Filters);
        }
        nint* arguments = stackalloc nint[4];
        foreach ((MachineFunction function, int filter) in code.Gradients)
        {
            for (int row = 0; row < Shape.KernelHeight; row++)
            {
                int first = Math.Max(Shape.PaddingRows - row, 0), last = Math.Min(Shape.OutputHeight, Shape.Height + Shape.PaddingRows - row);
                if (first >= last)
                {
                    continue; // a row of the filters that meets nothing but zeros
                }
                arguments[0] = (nint)(inputPairs.Start + (first + row - Shape.PaddingRows) * Shape.InputPitch);
                arguments[1] = (nint)(gradientPairs.Start + first * pitch + filter);
                arguments[2] = last - first;
                arguments[3] = (nint)(weights.FilterSums + filter * code.FilterLanes + row * code.RowLanes);
                function.Run(arguments);
            }
        }
    }
}
