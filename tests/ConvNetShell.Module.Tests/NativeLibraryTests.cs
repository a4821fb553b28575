using ConvNetShell.Module.Tests.Support;

namespace ConvNetShell.Module.Tests;

/// <summary>Which native libraries a fresh process has mapped, and when.</summary>
public sealed class NativeLibraryTests
{
    private const string Mapped = """
        [System.IO.File]::ReadAllLines('/proc/self/maps') | Where-Object { $_ -match 'torch|libc10|LibTorchSharp' } |
            ForEach-Object { ($_ -split ' +', 6)[5] } | Sort-Object -Unique
        """;

    private const string SystemLibraries = "/usr/lib/x86_64-linux-gnu",
        DebianTorch = "libtorch_cpu.so*";

    [Theory]
    [InlineData("")]
    [InlineData("$null = Get-NetworkPreset; $null = New-ConvLayer 16 5; $null = Get-Dataset;")]
    [InlineData("$null = Test-Network -Preset CIFAR10;")]
    public void No_torch_library_is_mapped_before_a_network_is_made(string script)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The list of mapped files is read from /proc.");

        Assert.Empty(MappedAfter(script));
    }

    [Fact]
    public void Only_ours_is_mapped_when_a_network_is_made()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The list of mapped files is read from /proc.");

        AssertOurs(MappedAfter("$null = New-Network LeNet5 | Get-NetworkSummary;"));
    }

    [Fact]
    public void Debians_own_libtorch_is_never_opened()
    {
        bool isThere = Directory.Exists(SystemLibraries) && Directory.EnumerateFiles(SystemLibraries, DebianTorch).Any();
        Assert.SkipUnless(isThere, $"Debian's libtorch is not installed ({SystemLibraries}/{DebianTorch}).");

        AssertOurs(MappedAfter("$null = New-Network LeNet5; $null = Get-ComputeDevice;"));
    }

    private static void AssertOurs(string[] mapped)
    {
        Assert.Contains(Path.Combine(ModulePaths.Bin, "libtorch_cpu.so"), mapped);
        Assert.Contains(mapped, path => path.Contains("LibTorchSharp", StringComparison.Ordinal));
        Assert.DoesNotContain(mapped, path => path.StartsWith("/usr/", StringComparison.Ordinal));
        Assert.Single(mapped, path => Path.GetFileName(path).StartsWith("libtorch_cpu", StringComparison.Ordinal));
    }

    private static string[] MappedAfter(string script)
    {
        using var home = new TempFolder();
        (int code, string output, string error) = ChildShell.Run($"{script}\n{Mapped}\nexit 0", home);

        Assert.Equal((0, string.Empty), (code, error.Trim()));
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
