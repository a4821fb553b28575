using ConvNetShell.FusedKernels.Jit;

namespace ConvNetShell.FusedKernels;

/// <summary>The functions that compute a convolution and its gradients, and the layout of their packed filters and sums.</summary>
internal sealed class FusedConvCode
{
    private const int MostVectors = 5; // of gradients at a time: enough filters fit beside them

    /// <param name="shape">The convolution.</param>
    /// <param name="packed">The values of a lane of 32 bits.</param>
    public FusedConvCode(FusedConvShape shape, int packed)
    {
        Packed = packed;
        GradientPitch = packed > 1 ? shape.GradientPairs * shape.Filters : shape.GradientPitch;
        Forward = new ConvRowCode(shape.OutputWidth, shape.Channels, shape.KernelWidth, shape.InputPitch, shape.Filters, packed);
        InputGradient = new ConvRowCode(shape.Width, shape.Filters, shape.KernelWidth, shape.GradientPitch, shape.Channels, packed);
        LaneVector[] vectors = LaneVector.Split(shape.FilterRow);
        RowLanes = vectors.Sum(vector => vector.Lanes);
        FilterLanes = RowLanes * shape.KernelHeight;
        int parts = Divide(vectors.Length, MostVectors),
            each = Divide(vectors.Length, parts);
        var pieces = new List<(FilterGradientCode, int)>();
        for (int first = 0; first < vectors.Length; first += each)
        {
            int count = Math.Min(each, vectors.Length - first);
            int blocks = Divide(shape.Filters, VectorAssembler.Registers / count - 1),
                block = Divide(shape.Filters, blocks);
            for (int filter = 0; filter < shape.Filters; filter += block)
            {
                var code = new FilterGradientCode(
                    shape.FilterRow,
                    first,
                    count,
                    Math.Min(block, shape.Filters - filter),
                    FilterLanes,
                    packed > 1 ? shape.GradientPairs : shape.OutputWidth,
                    shape.Channels,
                    shape.InputPitch,
                    shape.Filters,
                    GradientPitch,
                    packed
                );
                pieces.Add((code, filter));
            }
        }
        FilterGradients = pieces;
    }

    /// <summary>Gets the values of a lane of 32 bits.</summary>
    public int Packed { get; }

    /// <summary>Gets the lanes from one row of output gradients to the next, as the filters' gradients read them.</summary>
    public int GradientPitch { get; }

    /// <summary>Gets the function for a row of the output.</summary>
    public ConvRowCode Forward { get; }

    /// <summary>
    /// Gets the function for a row of the input's gradient: a convolution of the output's gradient in which channels and filters change
    /// roles.
    /// </summary>
    public ConvRowCode InputGradient { get; }

    /// <summary>Gets the functions for the filters' gradients, with the index of the first filter of each.</summary>
    public IReadOnlyList<(FilterGradientCode Code, int Filter)> FilterGradients { get; }

    /// <summary>Gets the 32-bit numbers that the gradients of a filter row take.</summary>
    public int RowLanes { get; }

    /// <summary>Gets the 32-bit numbers that the gradients of a filter take.</summary>
    public int FilterLanes { get; }

    private static int Divide(int count, int by) => (count + by - 1) / by;
}
