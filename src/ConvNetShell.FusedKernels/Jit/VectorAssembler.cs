using Iced.Intel;

namespace ConvNetShell.FusedKernels.Jit;

/// <summary>
/// Writes the few instructions that the kernels consist of. Vectors are 16, 8 or 4 lanes of 32 bits; the address of the arguments is in rdi
/// at the start.
/// </summary>
internal sealed class VectorAssembler
{
    /// <summary>The processor's vector registers.</summary>
    public const int Registers = 32;

    private const int Bitness = 64;
    private readonly Assembler code = new(Bitness);

    /// <summary>Loads 64 bits.</summary>
    public void Load(Register register, Register pointer, int offset) =>
        Emit(Instruction.Create(Code.Mov_r64_rm64, register, At(pointer, offset)));

    /// <summary>Copies 64 bits.</summary>
    public void Copy(Register register, Register from) => Emit(Instruction.Create(Code.Mov_r64_rm64, register, from));

    /// <summary>Gives a register a number.</summary>
    public void Set(Register register, int value) => Emit(Instruction.Create(Code.Mov_rm64_imm32, register, value));

    /// <summary>Adds a number, which may be negative, to a register.</summary>
    public void Advance(Register register, int by)
    {
        if (by != 0)
        {
            Emit(Instruction.Create(Code.Add_rm64_imm32, register, by));
        }
    }

    /// <summary>Writes a body that runs as often as a register says, which is at least once.</summary>
    public void Repeat(Register counter, Action body)
    {
        Label start = code.CreateLabel();
        code.Label(ref start);
        body();
        Emit(Instruction.Create(Code.Dec_rm64, counter));
        code.jne(start);
    }

    /// <summary>Loads a vector.</summary>
    public void Load(int vector, int lanes, Register pointer, int offset) =>
        Emit(
            Instruction.Create(
                Choose(lanes, Code.EVEX_Vmovups_zmm_k1z_zmmm512, Code.EVEX_Vmovups_ymm_k1z_ymmm256, Code.EVEX_Vmovups_xmm_k1z_xmmm128),
                Name(vector, lanes),
                At(pointer, offset)
            )
        );

    /// <summary>Stores a vector.</summary>
    public void Store(int vector, int lanes, Register pointer, int offset) =>
        Emit(
            Instruction.Create(
                Choose(lanes, Code.EVEX_Vmovups_zmmm512_k1z_zmm, Code.EVEX_Vmovups_ymmm256_k1z_ymm, Code.EVEX_Vmovups_xmmm128_k1z_xmm),
                At(pointer, offset),
                Name(vector, lanes)
            )
        );

    /// <summary>Copies a vector.</summary>
    public void Copy(int vector, int from, int lanes) =>
        Emit(
            Instruction.Create(
                Choose(lanes, Code.EVEX_Vmovups_zmm_k1z_zmmm512, Code.EVEX_Vmovups_ymm_k1z_ymmm256, Code.EVEX_Vmovups_xmm_k1z_xmmm128),
                Name(vector, lanes),
                Name(from, lanes)
            )
        );

    /// <summary>
    /// Adds to each lane the product of its float32 and one in memory for all, or the products of two pairs of bfloat16.
    /// </summary>
    public void AddProducts(int sum, int numbers, int lanes, Register pointer, int offset, bool isPair) =>
        Emit(
            Instruction.Create(
                isPair
                    ? Choose(
                        lanes,
                        Code.EVEX_Vdpbf16ps_zmm_k1z_zmm_zmmm512b32,
                        Code.EVEX_Vdpbf16ps_ymm_k1z_ymm_ymmm256b32,
                        Code.EVEX_Vdpbf16ps_xmm_k1z_xmm_xmmm128b32
                    )
                    : Choose(
                        lanes,
                        Code.EVEX_Vfmadd231ps_zmm_k1z_zmm_zmmm512b32_er,
                        Code.EVEX_Vfmadd231ps_ymm_k1z_ymm_ymmm256b32,
                        Code.EVEX_Vfmadd231ps_xmm_k1z_xmm_xmmm128b32
                    ),
                Name(sum, lanes),
                Name(numbers, lanes),
                At(pointer, offset, isForAllLanes: true)
            )
        );

    /// <summary>Rounds a vector to bfloat16 and stores it, half as long.</summary>
    public void StoreReduced(int vector, int lanes, Register pointer, int offset)
    {
        Emit(
            Instruction.Create(
                Choose(
                    lanes,
                    Code.EVEX_Vcvtneps2bf16_ymm_k1z_zmmm512b32,
                    Code.EVEX_Vcvtneps2bf16_xmm_k1z_ymmm256b32,
                    Code.EVEX_Vcvtneps2bf16_xmm_k1z_xmmm128b32
                ),
                Name(vector, lanes / 2),
                Name(vector, lanes)
            )
        );
        Emit(
            Instruction.Create(
                Choose(lanes, Code.EVEX_Vmovups_ymmm256_k1z_ymm, Code.EVEX_Vmovups_xmmm128_k1z_xmm, Code.EVEX_Vmovq_xmmm64_xmm),
                At(pointer, offset),
                Name(vector, lanes / 2)
            )
        );
    }

    /// <summary>Ends the function and returns its machine code.</summary>
    public byte[] Finish()
    {
        code.vzeroupper();
        code.ret();
        using var bytes = new MemoryStream();
        code.Assemble(new StreamCodeWriter(bytes), 0); // every jump is relative
        return bytes.ToArray();
    }

    private void Emit(Instruction instruction) => code.AddInstruction(instruction);

    private static Code Choose(int lanes, Code sixteen, Code eight, Code four) =>
        lanes switch
        {
            16 => sixteen,
            8 => eight,
            _ => four,
        };

    private static Register Name(int vector, int lanes) => Choose(lanes, Register.ZMM0, Register.YMM0, Register.XMM0) + vector;

    private static Register Choose(int lanes, Register sixteen, Register eight, Register four) =>
        lanes switch
        {
            16 => sixteen,
            8 => eight,
            _ => four,
        };

    private static MemoryOperand At(Register pointer, int offset, bool isForAllLanes = false) =>
        new(pointer, Register.None, 1, offset, offset == 0 ? 0 : 1, isForAllLanes, Register.None);
}
