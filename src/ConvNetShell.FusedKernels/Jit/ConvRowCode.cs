using Iced.Intel;

namespace ConvNetShell.FusedKernels.Jit;

/// <summary>The function that computes one row of a convolution's output.</summary>
/// <param name="Width">The pixels of the output row.</param>
/// <param name="Channels">The channels of the input, stored pixel by pixel.</param>
/// <param name="KernelWidth">The pixels a filter covers in a row.</param>
/// <param name="Pitch">The values from one input row to the next.</param>
/// <param name="Filters">The filters.</param>
/// <param name="Packed">The values of a lane of 32 bits: 2 of bfloat16, or 1 of float32.</param>
internal sealed record ConvRowCode(int Width, int Channels, int KernelWidth, int Pitch, int Filters, int Packed) : IJitCode
{
    private const Register Arguments = Register.RDI,
        Position = Register.RAX,
        Output = Register.R8,
        Blocks = Register.RDX,
        Row = Register.R9,
        Weights = Register.R10,
        Count = Register.R11;

    /// <summary>Gets the lanes that the values of a row of a filter take.</summary>
    public int RowLanes => (KernelWidth * Channels + Packed - 1) / Packed;

    private int ValueSize => sizeof(float) / Packed;

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
                    code.Advance(Position, block * Channels * ValueSize);
                    code.Advance(Output, block * Filters * ValueSize);
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
                for (int at = 0; at < RowLanes; at++)
                {
                    for (int v = 0; v < vectors.Length; v++)
                    {
                        code.Load(v, vectors[v].Lanes, Weights, (at * lanes + vectors[v].First) * sizeof(float));
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
                                (p * Channels + Packed * at) * ValueSize,
                                isPair: Packed > 1
                            );
                        }
                    }
                }
                code.Advance(Row, Pitch * ValueSize);
                code.Advance(Weights, RowLanes * lanes * sizeof(float));
            }
        );
        for (int p = 0; p < pixels; p++)
        {
            for (int v = 0; v < vectors.Length; v++)
            {
                int sum = first + p * vectors.Length + v,
                    offset = (p * Filters + vectors[v].First) * ValueSize;
                if (Packed > 1)
                {
                    code.StoreReduced(sum, vectors[v].Lanes, Output, offset);
                }
                else
                {
                    code.Store(sum, vectors[v].Lanes, Output, offset);
                }
            }
        }
    }
}
