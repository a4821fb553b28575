using Iced.Intel;

namespace ConvNetShell.Core.MachineCode;

/// <summary>What one row of a convolution's output is computed with.</summary>
/// <param name="Width">The places of the output row.</param>
/// <param name="Channels">The channels of the input; those of a pixel lie together, and pixels in a row follow one another.</param>
/// <param name="Reach">The pixels a filter covers in a row.</param>
/// <param name="Pitch">The values from one input row to the next.</param>
/// <param name="Filters">The filters.</param>
internal sealed record FilterCode(int Width, int Channels, int Reach, int Pitch, int Filters)
{
    private const Register Arguments = Register.RDI, Place = Register.RAX, Output = Register.R8, Blocks = Register.RDX, Row = Register.R9, Weights = Register.R10, Count = Register.R11;

    /// <summary>Gets the pairs of values that a row of a filter has.</summary>
    public int Pairs => (Reach * Channels + 1) / 2;

    /// <summary>Gets the vectors that hold one value of every filter.</summary>
    public LaneVector[] Vectors => LaneVector.Split(Filters);

    /// <summary>Gets the lanes of all vectors together, in 32-bit numbers.</summary>
    public int Lanes => Vectors.Sum(vector => vector.Lanes);

    /// <summary>
    /// Makes the function. It takes the addresses of the input (where the filter's first row begins at the first place) and of the filters' packed values, the number of
    /// their rows, and the addresses of what the sums start with and of the output.
    /// </summary>
    public MachineFunction Assemble()
    {
        var code = new VectorAssembler();
        LaneVector[] vectors = Vectors;
        int most = (VectorAssembler.Registers - vectors.Length) / vectors.Length;
        int blocks = (Width + most - 1) / most, block = (Width + blocks - 1) / blocks, last = Width - (blocks - 1) * block;
        code.Load(Place, Arguments, 0);
        code.Load(Output, Arguments, 4 * sizeof(long));
        int alike = last == block ? blocks : blocks - 1;
        if (alike > 0)
        {
            code.Set(Blocks, alike);
            code.Repeat(Blocks, () =>
            {
                Block(code, vectors, block);
                code.Advance(Place, block * Channels * sizeof(short));
                code.Advance(Output, block * Filters * sizeof(short));
            });
        }
        if (alike < blocks)
        {
            Block(code, vectors, last);
        }
        return code.Finish();
    }

    private void Block(VectorAssembler code, LaneVector[] vectors, int places)
    {
        int lanes = vectors.Sum(vector => vector.Lanes), first = vectors.Length; // registers: weights, then sums
        code.Load(Row, Arguments, 3 * sizeof(long));
        for (int v = 0; v < vectors.Length; v++)
        {
            code.Load(first + v, vectors[v].Lanes, Row, vectors[v].First * sizeof(float));
            for (int p = 1; p < places; p++)
            {
                code.Copy(first + p * vectors.Length + v, first + v, vectors[v].Lanes);
            }
        }
        code.Copy(Row, Place);
        code.Load(Weights, Arguments, sizeof(long));
        code.Load(Count, Arguments, 2 * sizeof(long));
        code.Repeat(Count, () =>
        {
            for (int pair = 0; pair < Pairs; pair++)
            {
                for (int v = 0; v < vectors.Length; v++)
                {
                    code.Load(v, vectors[v].Lanes, Weights, (pair * lanes + vectors[v].First) * sizeof(float));
                }
                for (int p = 0; p < places; p++)
                {
                    for (int v = 0; v < vectors.Length; v++)
                    {
                        code.AddProducts(first + p * vectors.Length + v, v, vectors[v].Lanes, Row, (p * Channels + 2 * pair) * sizeof(short));
                    }
                }
            }
            code.Advance(Row, Pitch * sizeof(short));
            code.Advance(Weights, Pairs * lanes * sizeof(float));
        });
        for (int p = 0; p < places; p++)
        {
            for (int v = 0; v < vectors.Length; v++)
            {
                code.StoreReduced(first + p * vectors.Length + v, vectors[v].Lanes, Output, (p * Filters + vectors[v].First) * sizeof(short));
            }
        }
    }
}
