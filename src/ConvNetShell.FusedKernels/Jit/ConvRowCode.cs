using Iced.Intel;

namespace ConvNetShell.FusedKernels.Jit;

/// <summary>The function that computes one row of a convolution's output.</summary>
/// <param name="Width">The pixels of the output row.</param>
/// <param name="Channels">The channels of the input, stored pixel by pixel.</param>
/// <param name="KernelWidth">The pixels a filter covers in a row.</param>
/// <param name="Pitch">The values from one input row to the next.</param>
/// <param name="Filters">The filters.</param>
internal sealed record ConvRowCode(int Width, int Channels, int KernelWidth, int Pitch, int Filters) : IJitCode
{
    private const Register Arguments = Register.RDI,
        Position = Register.RAX,
        Output = Register.R8,
        Blocks = Register.RDX,
        Row = Register.R9,
        Weights = Register.R10,
        Count = Register.R11;

    /// <summary>Gets the pairs of values that a row of a filter has.</summary>
    public int Pairs => (KernelWidth * Channels + 1) / 2;

    /// <summary>Gets the vectors that hold one value of every filter.</summary>
    public LaneVector[] Vectors => LaneVector.Split(Filters);

    /// <summary>Gets the lanes of all vectors together, in 32-bit numbers.</summary>
    public int Lanes => Vectors.Sum(vector => vector.Lanes);

    /// <summary>
    /// Compiles the function. Its arguments: the addresses of the input (the filter's first row at the first pixel) and of the packed
    /// filters, the number of filter rows,
    /// and the addresses of the sums' initial values and of the output.
    /// </summary>
    public byte[] Assemble()
    {
        var code = new VectorAssembler();
        LaneVector[] vectors = Vectors;
        int most = (VectorAssembler.Registers - vectors.Length) / vectors.Length;
        int blocks = (Width + most - 1) / most,
            block = (Width + blocks - 1) / blocks,
            last = Width - (blocks - 1) * block;
        code.Load(Position, Arguments, 0);
        code.Load(Output, Arguments, 4 * sizeof(long));
        int alike = last == block ? blocks : blocks - 1;
        if (alike > 0)
        {
            code.Set(Blocks, alike);
            code.Repeat(
                Blocks,
                () =>
                {
                    Block(code, vectors, block);
                    code.Advance(Position, block * Channels * sizeof(short));
                    code.Advance(Output, block * Filters * sizeof(short));
                }
            );
        }
        if (alike < blocks)
        {
            Block(code, vectors, last);
        }
        return code.Finish();
    }

    private void Block(VectorAssembler code, LaneVector[] vectors, int pixels)
    {
        int lanes = vectors.Sum(vector => vector.Lanes),
            first = vectors.Length; // registers: weights, then sums
        code.Load(Row, Arguments, 3 * sizeof(long));
        for (int v = 0; v < vectors.Length; v++)
        {
            code.Load(first + v, vectors[v].Lanes, Row, vectors[v].First * sizeof(float));
            for (int p = 1; p < pixels; p++)
            {
                code.Copy(first + p * vectors.Length + v, first + v, vectors[v].Lanes);
            }
        }
        code.Copy(Row, Position);
        code.Load(Weights, Arguments, sizeof(long));
        code.Load(Count, Arguments, 2 * sizeof(long));
        code.Repeat(
            Count,
            () =>
            {
                for (int pair = 0; pair < Pairs; pair++)
                {
                    for (int v = 0; v < vectors.Length; v++)
                    {
                        code.Load(v, vectors[v].Lanes, Weights, (pair * lanes + vectors[v].First) * sizeof(float));
                    }
                    for (int p = 0; p < pixels; p++)
                    {
                        for (int v = 0; v < vectors.Length; v++)
                        {
                            code.AddProducts(
                                first + p * vectors.Length + v,
                                v,
                                vectors[v].Lanes,
                                Row,
                                (p * Channels + 2 * pair) * sizeof(short)
                            );
                        }
                    }
                }
                code.Advance(Row, Pitch * sizeof(short));
                code.Advance(Weights, Pairs * lanes * sizeof(float));
            }
        );
        for (int p = 0; p < pixels; p++)
        {
            for (int v = 0; v < vectors.Length; v++)
            {
                code.StoreReduced(
                    first + p * vectors.Length + v,
                    vectors[v].Lanes,
                    Output,
                    (p * Filters + vectors[v].First) * sizeof(short)
                );
            }
        }
    }
}
