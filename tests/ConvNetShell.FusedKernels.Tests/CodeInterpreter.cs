using ConvNetShell.FusedKernels.Jit;
using ConvNetShell.FusedKernels.Numbers;
using Iced.Intel;

namespace ConvNetShell.FusedKernels.Tests;

/// <summary>
/// Runs the machine code of the kernels one instruction after the other, as Intel's manual describes each: proves the code on a processor
/// that cannot execute it. Memory is
/// accessed for real, so a guard page ends the process as it would with the compiled code.
/// </summary>
internal sealed unsafe class CodeInterpreter : ICompiledFunction
{
    private const int Lanes = 16,
        Half = 16;
    private readonly Instruction[] instructions;
    private readonly Dictionary<ulong, int> indices = [];
    private readonly long[] registers = new long[16];
    private readonly uint[] vectors = new uint[32 * Lanes];

    /// <param name="code">The machine code.</param>
    public CodeInterpreter(byte[] code)
    {
        Decoder decoder = Decoder.Create(64, code);
        var all = new List<Instruction>();
        while (decoder.IP < (ulong)code.Length)
        {
            indices.Add(decoder.IP, all.Count);
            all.Add(decoder.Decode());
        }
        instructions = [.. all];
    }

    public void Run(nint* arguments)
    {
        registers[Index(Register.RDI)] = (nint)arguments;
        bool isZero = false;
        for (int at = 0; ; at++)
        {
            ref Instruction instruction = ref instructions[at];
            switch (instruction.Mnemonic)
            {
                case Mnemonic.Mov:
                    registers[Index(instruction.Op0Register)] = instruction.Op1Kind switch
                    {
                        OpKind.Register => registers[Index(instruction.Op1Register)],
                        OpKind.Memory => *(long*)Address(instruction),
                        _ => (long)instruction.GetImmediate(1),
                    };
                    break;
                case Mnemonic.Add:
                    registers[Index(instruction.Op0Register)] += (long)instruction.GetImmediate(1);
                    break;
                case Mnemonic.Dec:
                    isZero = --registers[Index(instruction.Op0Register)] == 0;
                    break;
                case Mnemonic.Jne:
                    at = isZero ? at : indices[instruction.NearBranchTarget] - 1;
                    break;
                case Mnemonic.Vmovups:
                case Mnemonic.Vmovq:
                    Move(instruction);
                    break;
                case Mnemonic.Vdpbf16ps:
                    AddProducts(instruction);
                    break;
                case Mnemonic.Vfmadd231ps:
                    AddProduct(instruction);
                    break;
                case Mnemonic.Vcvtneps2bf16:
                    Round(instruction);
                    break;
                case Mnemonic.Vzeroupper:
                    break;
                case Mnemonic.Ret:
                    return;
                default:
                    throw new NotSupportedException($"{instruction}");
            }
        }
    }

    public void Return() { }

    private static int Index(Register register) => register.GetNumber();

    private static float Number(uint bits) => BitConverter.UInt32BitsToSingle(bits);

    /// <summary>Reads denormal numbers as zero, as the instruction does.</summary>
    private static float Normal(uint bits) => Number((bits & 0x7F800000) == 0 ? bits & 0x80000000 : bits);

    private Span<uint> Vector(Register register) => vectors.AsSpan(Index(register) * Lanes, Lanes);

    private uint* Address(in Instruction instruction) =>
        (uint*)(registers[Index(instruction.MemoryBase)] + (long)instruction.MemoryDisplacement64);

    private void Move(in Instruction instruction)
    {
        if (instruction.Op0Kind == OpKind.Memory)
        {
            int count = instruction.Mnemonic == Mnemonic.Vmovq ? 2 : instruction.Op1Register.GetSize() / sizeof(uint);
            Vector(instruction.Op1Register)[..count].CopyTo(new Span<uint>(Address(instruction), count));
            return;
        }
        Span<uint> target = Vector(instruction.Op0Register);
        int size = instruction.Op0Register.GetSize() / sizeof(uint);
        ReadOnlySpan<uint> source =
            instruction.Op1Kind == OpKind.Memory ? new ReadOnlySpan<uint>(Address(instruction), size) : Vector(instruction.Op1Register);
        source[..size].CopyTo(target);
        target[size..].Clear();
    }

    private void AddProducts(in Instruction instruction)
    {
        Assert.True(instruction.IsBroadcast);
        uint pair = *Address(instruction);
        Span<uint> sums = Vector(instruction.Op0Register),
            pairs = Vector(instruction.Op1Register);
        int size = instruction.Op0Register.GetSize() / sizeof(uint);
        for (int lane = 0; lane < size; lane++)
        {
            float sum = MathF.FusedMultiplyAdd(Normal(pairs[lane] & 0xFFFF0000), Normal(pair & 0xFFFF0000), Normal(sums[lane]));
            sum = MathF.FusedMultiplyAdd(Normal(pairs[lane] << Half), Normal(pair << Half), Normal(BitConverter.SingleToUInt32Bits(sum)));
            sums[lane] = BitConverter.SingleToUInt32Bits(Normal(BitConverter.SingleToUInt32Bits(sum)));
        }
        sums[size..].Clear();
    }

    private void AddProduct(in Instruction instruction)
    {
        Assert.True(instruction.IsBroadcast);
        float number = Number(*Address(instruction));
        Span<uint> sums = Vector(instruction.Op0Register),
            numbers = Vector(instruction.Op1Register);
        int size = instruction.Op0Register.GetSize() / sizeof(uint);
        for (int lane = 0; lane < size; lane++)
        {
            sums[lane] = BitConverter.SingleToUInt32Bits(MathF.FusedMultiplyAdd(Number(numbers[lane]), number, Number(sums[lane])));
        }
        sums[size..].Clear();
    }

    private void Round(in Instruction instruction)
    {
        Span<uint> source = Vector(instruction.Op1Register),
            target = Vector(instruction.Op0Register);
        int size = instruction.Op1Register.GetSize() / sizeof(uint);
        for (int lane = 0; lane < size; lane += 2)
        {
            target[lane / 2] = BFloat16Rows.Round(Normal(source[lane])) | (uint)BFloat16Rows.Round(Normal(source[lane + 1])) << Half;
        }
        target[(size / 2)..].Clear();
    }
}
