using ConvNetShell.Core.MachineCode;

namespace ConvNetShell.Core.Direct;

/// <summary>The functions that compute a convolution and its gradients.</summary>
internal sealed class LinkCode
{
    private const int MostVectors = 5; // of gradients at a time: enough filters fit beside them

    /// <param name="shape">The convolution.</param>
    public LinkCode(LinkShape shape)
    {
        Forward = new FilterCode(shape.OutputWidth, shape.Channels, shape.KernelWidth, shape.InputPitch, shape.Filters);
        Backward = new FilterCode(shape.Width, shape.Filters, shape.KernelWidth, shape.GradientPitch, shape.Channels);
        LaneVector[] vectors = LaneVector.Split(shape.FilterRow);
        RowLanes = vectors.Sum(vector => vector.Lanes);
        FilterLanes = RowLanes * shape.KernelHeight;
        int parts = Divide(vectors.Length, MostVectors), each = Divide(vectors.Length, parts);
        var pieces = new List<(MachineFunction, int)>();
        for (int first = 0; first < vectors.Length; first += each)
        {
            int count = Math.Min(each, vectors.Length - first);
            int blocks = Divide(shape.Filters, VectorAssembler.Registers / count - 1), block = Divide(shape.Filters, blocks);
            for (int filter = 0; filter < shape.Filters; filter += block)
            {
                MachineFunction function = CodeCache.Get(new GradientCode(
                    shape.FilterRow, first, count, Math.Min(block, shape.Filters - filter), FilterLanes, shape.GradientPairs, shape.Channels, shape.InputPitch, shape.Filters));
                pieces.Add((function, filter));
            }
        }
        Gradients = pieces;
    }

    /// <summary>Gets how a row of the output is computed.</summary>
    public FilterCode Forward { get; }

    /// <summary>Gets how a row of the input's gradients is computed: as a convolution of the output's, channels and filters changed places.</summary>
    public FilterCode Backward { get; }

    /// <summary>Gets the functions for the filters' gradients, with the first filter each works on.</summary>
    public IReadOnlyList<(MachineFunction Function, int Filter)> Gradients { get; }

    /// <summary>Gets the 32-bit numbers a row of a filter's gradients takes.</summary>
    public int RowLanes { get; }

    /// <summary>Gets the 32-bit numbers a filter's gradients take.</summary>
    public int FilterLanes { get; }

    private static int Divide(int count, int by) => (count + by - 1) / by;
}
