using ConvNetShell.FusedKernels.Jit;

namespace ConvNetShell.FusedKernels.Tests;

/// <summary>The ways to compute a stack: plain loops, the machine code in an interpreter, and the machine code on this processor.</summary>
public enum Kernels
{
    Reference,
    Interpreted,
    Compiled,
}

internal static class KernelsExtensions
{
    public static FusedConvStack Create(this Kernels kernels, IReadOnlyList<FusedConvShape> shapes, int capacity, INativeMemory memory)
    {
        Assert.SkipUnless(
            kernels != Kernels.Compiled || CpuFeatures.HasDotProducts,
            "This processor lacks AVX512_BF16. The reference and the interpreted machine code are tested instead."
        );
        return new FusedConvStack(shapes, capacity, Select, memory);

        IConvKernels Select(FusedConvBlock block) =>
            kernels switch
            {
                Kernels.Reference => new ScalarConvKernels(block.Shape, block.Code),
                Kernels.Interpreted => new JitConvKernels(
                    block.Shape,
                    block.Code,
                    block.HasInputGradient,
                    code => new CodeInterpreter(code.Assemble())
                ),
                _ => new JitConvKernels(block.Shape, block.Code, block.HasInputGradient, JitCache.Shared.Rent),
            };
    }
}
