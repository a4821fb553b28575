using Iced.Intel;

namespace ConvNetShell.FusedKernels.Jit;

/// <summary>A function that does nothing but add up products, as many at a time as the processor can have under way.</summary>
/// <param name="IsPair">Whether they are of pairs of bfloat16 (VDPBF16PS), else of float32 (VFMADD231PS).</param>
internal sealed record ProductLoopCode(bool IsPair) : IJitCode
{
    /// <summary>How many vectors of sums it adds to in a turn.</summary>
    public const int Sums = 24;

    private const int Lanes = 16;
    private const Register Arguments = Register.RDI,
        Numbers = Register.RAX,
        Turns = Register.RDX;

    /// <summary>Compiles the function. Its arguments: the address of 16 numbers and the number of turns.</summary>
    public byte[] Assemble()
    {
        var code = new VectorAssembler();
        code.Load(Numbers, Arguments, 0);
        code.Load(Turns, Arguments, sizeof(long));
        for (int vector = 0; vector <= Sums; vector++)
        {
            code.Load(vector, Lanes, Numbers, 0);
        }
        code.Repeat(
            Turns,
            () =>
            {
                for (int sum = 0; sum < Sums; sum++)
                {
                    code.AddProducts(sum, Sums, Lanes, Numbers, 0, IsPair);
                }
            }
        );
        return code.Finish();
    }
}
