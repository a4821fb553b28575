using ConvNetShell.Core.Compute;
using static TorchSharp.torch;

namespace ConvNetShell.Gpu.Tests;

/// <summary>
/// The device the tests compute on: the first GPU. CONVNETSHELL_TEST_DEVICE=cpu runs them on the processor, which tries the tests
/// themselves.
/// </summary>
internal static class Gpu
{
    public const string Variable = "CONVNETSHELL_TEST_DEVICE";

    private static readonly IReadOnlyList<string> Available = ComputeDevice.Names();

    /// <summary>Gets its name, as -Device takes it.</summary>
    public static string Name { get; } = Environment.GetEnvironmentVariable(Variable) ?? "cuda:0";

    public static bool IsGpu => Name != "cpu";

    /// <summary>Gets the device; without it the test is skipped.</summary>
    public static Device Device
    {
        get
        {
            Require();
            return ComputeDevice.Choose(Name);
        }
    }

    /// <summary>Skips the test where the device is missing.</summary>
    public static void Require() =>
        Assert.SkipUnless(
            Available.Contains(Name, StringComparer.Ordinal),
            $"This machine has no {Name}, only {string.Join(", ", Available)}. On a machine with an NVIDIA GPU and PyTorch 2.10: "
                + "CONVNETSHELL_LIBTORCH=.../site-packages/torch/lib dotnet test -c Release tests/ConvNetShell.Gpu.Tests"
        );

    /// <summary>Skips the test on the processor, which has no queue of its own.</summary>
    public static void RequireCuda()
    {
        Require();
        Assert.SkipUnless(IsGpu, "What it counts is CUDA's.");
    }
}
