using Iced.Intel;

namespace ConvNetShell.FusedKernels.Jit;

/// <summary>The function that adds an image's part to the gradients of one row of some filters.</summary>
/// <param name="RowValues">The values a row of a filter has.</param>
/// <param name="FirstVector">The first vector of that row to compute.</param>
/// <param name="VectorCount">How many vectors to compute.</param>
/// <param name="Filters">How many filters to compute, one after the other in memory.</param>
/// <param name="FilterPitch">The 32-bit numbers from one filter's gradients to the next one's.</param>
/// <param name="Steps">The lanes of an output row for each filter: pixels, or pairs of them.</param>
/// <param name="Channels">The channels of the input, which has a lane for each channel of each pixel.</param>
/// <param name="Pitch">The lanes from one input row to the next.</param>
/// <param name="AllFilters">All filters, which lie next to each other.</param>
/// <param name="OutputPitch">The lanes from one output row to the next.</param>
/// <param name="Packed">The pixels that a lane is of: 2 where it has two of bfloat16, or 1.</param>
internal sealed record FilterGradientCode(
    int RowValues,
    int FirstVector,
    int VectorCount,
    int Filters,
    int FilterPitch,
    int Steps,
    int Channels,
    int Pitch,
    int AllFilters,
    int OutputPitch,
    int Packed
) : IJitCode
{
    private const Register Arguments = Register.RDI,
        Input = Register.RAX,
        Output = Register.R8,
        Rows = Register.RDX,
        Gradients = Register.R9,
        Count = Register.R11;

    /// <summary>
    /// Compiles the function. Its arguments: the addresses of the input and of the output's gradients, the number of rows, and the address
    /// of the filters' gradients.
    /// </summary>
    public byte[] Assemble()
    {
        var code = new VectorAssembler();
        LaneVector[] vectors = LaneVector.Split(RowValues)[FirstVector..(FirstVector + VectorCount)];
        code.Load(Input, Arguments, 0);
        code.Load(Output, Arguments, sizeof(long));
        code.Load(Rows, Arguments, 2 * sizeof(long));
        code.Load(Gradients, Arguments, 3 * sizeof(long));
        Each((register, f, vector) => code.Load(register, vector.Lanes, Gradients, (f * FilterPitch + vector.First) * sizeof(float)));
        code.Repeat(
            Rows,
            () =>
            {
                code.Set(Count, Steps);
                code.Repeat(
                    Count,
                    () =>
                    {
                        for (int v = 0; v < vectors.Length; v++)
                        {
                            code.Load(v, vectors[v].Lanes, Input, vectors[v].First * sizeof(float));
                        }
                        Each(
                            (register, f, vector) =>
                                code.AddProducts(
                                    register,
                                    Array.IndexOf(vectors, vector),
                                    vector.Lanes,
                                    Output,
                                    f * sizeof(float),
                                    isPair: Packed > 1
                                )
                        );
                        code.Advance(Input, Packed * Channels * sizeof(float));
                        code.Advance(Output, AllFilters * sizeof(float));
                    }
                );
                code.Advance(Input, (Pitch - Packed * Channels * Steps) * sizeof(float));
                code.Advance(Output, (OutputPitch - AllFilters * Steps) * sizeof(float));
            }
        );
        Each((register, f, vector) => code.Store(register, vector.Lanes, Gradients, (f * FilterPitch + vector.First) * sizeof(float)));
        return code.Finish();

        void Each(Action<int, int, LaneVector> body)
        {
            for (int f = 0; f < Filters; f++)
            {
                for (int v = 0; v < vectors.Length; v++)
                {
                    body(vectors.Length + f * vectors.Length + v, f, vectors[v]);
                }
            }
        }
    }
}
