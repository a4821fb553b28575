using System.Numerics;
using ConvNetShell.FusedKernels.Jit;
using ConvNetShell.FusedKernels.Numbers;

namespace ConvNetShell.FusedKernels.Tests;

/// <summary>
/// The ways to compute a stack, in bfloat16 and in float32: plain loops, the machine code in an interpreter, and the machine code on this
/// processor.
/// </summary>
public enum Kernels
{
    Reference,
    Interpreted,
    Compiled,
    Reference32,
    Interpreted32,
    Compiled32,
}

internal static class KernelsExtensions
{
    public static bool IsReduced(this Kernels kernels) => kernels < Kernels.Reference32;

    public static FusedConvStack Create(this Kernels kernels, IReadOnlyList<FusedConvShape> shapes, int capacity, INativeMemory memory)
    {
        Assert.SkipUnless(
            kernels != Kernels.Compiled || CpuFeatures.HasDotProducts,
            "This processor lacks AVX512_BF16. The reference and the interpreted machine code are tested instead."
        );
        Assert.SkipUnless(
            kernels != Kernels.Compiled32 || CpuFeatures.HasLongVectors,
            "This processor lacks AVX-512. The reference and the interpreted machine code are tested instead."
        );
        return kernels.IsReduced()
            ? Create(kernels, shapes, capacity, new BFloat16Numbers(), memory)
            : Create(kernels, shapes, capacity, new Float32Numbers(), memory);
    }

    private static TypedConvStack<T> Create<T>(
        Kernels kernels,
        IReadOnlyList<FusedConvShape> shapes,
        int capacity,
        IConvNumbers<T> numbers,
        INativeMemory memory
    )
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        return new TypedConvStack<T>(shapes, capacity, numbers, Select, memory);

        IConvKernels<T> Select(FusedConvBlock<T> block) =>
            kernels switch
            {
                Kernels.Reference or Kernels.Reference32 => new ScalarConvKernels<T>(block.Shape, block.Code, numbers),
                Kernels.Interpreted or Kernels.Interpreted32 => new JitConvKernels<T>(
                    block.Shape,
                    block.Code,
                    block.HasInputGradient,
                    code => new CodeInterpreter(code.Assemble())
                ),
                _ => new JitConvKernels<T>(block.Shape, block.Code, block.HasInputGradient, JitCache.Shared.Rent),
            };
    }
}
