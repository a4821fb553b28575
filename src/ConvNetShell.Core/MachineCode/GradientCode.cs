using Iced.Intel;

namespace ConvNetShell.Core.MachineCode;

/// <summary>What adds to the gradients of one row of some filters what the rows of a picture give.</summary>
/// <param name="RowValues">The values a row of a filter has.</param>
/// <param name="FirstVector">The first of their vectors that is worked on.</param>
/// <param name="VectorCount">How many vectors are.</param>
/// <param name="Filters">How many filters are worked on, one after the other in memory.</param>
/// <param name="FilterPitch">The 32-bit numbers from one filter's gradients to the next one's.</param>
/// <param name="Pairs">The pairs of places in an output row.</param>
/// <param name="Channels">The channels of the input: pairs of pixels side by side, one for each channel of each pixel.</param>
/// <param name="Pitch">The pairs from one input row to the next.</param>
/// <param name="AllFilters">The filters there are: the output has a pair for each of them, pairs of places one after the other.</param>
internal sealed record GradientCode(int RowValues, int FirstVector, int VectorCount, int Filters, int FilterPitch, int Pairs, int Channels, int Pitch, int AllFilters)
{
    private const Register Arguments = Register.RDI, Input = Register.RAX, Output = Register.R8, Rows = Register.RDX, Gradients = Register.R9, Count = Register.R11;

    /// <summary>Makes the function. It takes the addresses of the input and of the output's gradients, the number of rows, and the address of the filters' gradients.</summary>
    public MachineFunction Assemble()
    {
        var code = new VectorAssembler();
        LaneVector[] vectors = LaneVector.Split(RowValues)[FirstVector..(FirstVector + VectorCount)];
        code.Load(Input, Arguments, 0);
        code.Load(Output, Arguments, sizeof(long));
        code.Load(Rows, Arguments, 2 * sizeof(long));
        code.Load(Gradients, Arguments, 3 * sizeof(long));
        Each((register, f, vector) => code.Load(register, vector.Lanes, Gradients, (f * FilterPitch + vector.First) * sizeof(float)));
        code.Repeat(Rows, () =>
        {
            code.Set(Count, Pairs);
            code.Repeat(Count, () =>
            {
                for (int v = 0; v < vectors.Length; v++)
                {
                    code.Load(v, vectors[v].Lanes, Input, vectors[v].First * sizeof(float));
                }
                Each((register, f, vector) => code.AddProducts(register, Array.IndexOf(vectors, vector), vector.Lanes, Output, f * sizeof(float)));
                code.Advance(Input, 2 * Channels * sizeof(float));
                code.Advance(Output, AllFilters * sizeof(float));
            });
            code.Advance(Input, (Pitch - 2 * Channels * Pairs) * sizeof(float));
        });
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
