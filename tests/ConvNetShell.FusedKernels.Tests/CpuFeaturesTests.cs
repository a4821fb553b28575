using ConvNetShell.FusedKernels.Jit;

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

    [Fact]
    public void Products_of_bfloat16_are_timed_alike_every_time()
    {
        Assert.SkipUnless(CpuFeatures.HasDotProducts, "This processor has no VDPBF16PS.");
        double[] rates = [.. Enumerable.Range(0, 5).Select(_ => ProductRate.OfBFloat16() ?? double.NaN)];
        Assert.All(rates, rate => Assert.InRange(rate, 0.2, 4));
        Assert.Single(rates.Select(rate => rate < CpuFeatures.LeastGain).Distinct());
    }
}
