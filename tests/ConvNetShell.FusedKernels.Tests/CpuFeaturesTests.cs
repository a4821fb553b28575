namespace ConvNetShell.FusedKernels.Tests;

public sealed class CpuFeaturesTests
{
    [Fact]
    public void The_processor_says_what_Linux_says()
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && System.Runtime.Intrinsics.X86.X86Base.X64.IsSupported,
            "/proc/cpuinfo lists the features of x64 processors."
        );
        string[] flags = File.ReadLines("/proc/cpuinfo").First(line => line.StartsWith("flags", StringComparison.Ordinal)).Split(' ');

        Assert.Equal(flags.Contains("avx512_bf16") || flags.Contains("amx_bf16"), CpuFeatures.HasBFloat16);
        Assert.Equal(flags.Contains("avx512_bf16") && flags.Contains("avx512bw"), CpuFeatures.HasDotProducts);
        Assert.False(CpuFeatures.SupportsFusedKernels && !CpuFeatures.HasDotProducts);
    }
}
