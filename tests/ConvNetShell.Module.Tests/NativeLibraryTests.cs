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
    [InlineData(
        "$null = Get-NetworkPreset; $null = New-ConvLayer 16 5; $null = Get-Dataset; $null = Test-Network -Preset CIFAR10; "
            + "$null = Get-NetworkSummary AlexNet; $null = Get-ReceptiveField VGG16; $null = Compare-Sharing LeNet5; "
            + "$null = Start-Sweep -SweepPath s -Parameter @{ X = 1 } { 1 };"
    )]
    public void No_torch_library_is_mapped_before_a_network_is_made(string script)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The list of mapped files is read from /proc.");

        Assert.Empty(MappedAfter(script));
    }

    [Theory]
    [InlineData("$null = Import-Dataset Shapes | Show-Batch -Count 2 -PassThru;")]
    [InlineData("$null = Invoke-Convolution 1,2,3 -Kernel 1,-1;")]
    [InlineData("$crowd = New-CrowdPicture -Seed 1; $null = Find-Template $crowd.Picture -Template $crowd.Template;")]
    [InlineData("$null = Import-Network MODELS/model.keras;")]
    [InlineData("$null = Get-ComputeDevice;")]
    public void Whatever_computes_first_in_a_session_opens_it(string script)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The list of mapped files is read from /proc.");
        string models = Path.Combine(Path.GetDirectoryName(ModulePaths.Manifest)!, "tests", "Pester", "Models");

        AssertOurs(MappedAfter(script.Replace("MODELS", models, StringComparison.Ordinal)));
    }

    [Fact]
    public void Only_ours_is_mapped_when_a_network_is_made_and_never_Debians()
    {
        bool isThere = Directory.Exists(SystemLibraries) && Directory.EnumerateFiles(SystemLibraries, DebianTorch).Any();
        Assert.SkipUnless(isThere, $"Debian's libtorch is not installed ({SystemLibraries}/{DebianTorch}).");

        AssertOurs(MappedAfter("$null = New-Network LeNet5; $null = Get-ComputeDevice;"));
    }

    [Fact]
    public void The_folder_that_is_named_is_the_only_one_opened()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The list of mapped files is read from /proc.");
        using var folder = new TempFolder();
        foreach (string file in Directory.EnumerateFiles(ModulePaths.Bin, "*.so*").Where(IsOfLibtorch))
        {
            File.Copy(file, Path.Combine(folder.Path, Path.GetFileName(file))); // a link would be the same file to the system's loader
        }

        string[] mapped = MappedAfter("$null = New-Network LeNet5; $null = Get-ComputeDevice;", folder.Path);

        Assert.Contains(Path.Combine(folder.Path, "libtorch_cpu.so"), mapped);
        Assert.All(mapped.Where(IsOfLibtorch), path => Assert.Equal(folder.Path, Path.GetDirectoryName(path)));
    }

    [Theory]
    [InlineData(
        "/usr/lib/python3/dist-packages/torch/lib",
        "expected libtorch 2.10, which this build was made for. Received: version 1.13"
    )]
    [InlineData("/nowhere", "such as an installed PyTorch's torch/lib. Received: /nowhere.")]
    [InlineData("/tmp", "such as an installed PyTorch's torch/lib. Received: /tmp.")]
    public void Another_version_and_a_folder_without_one_are_refused(string named, string message)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The folders are Linux's.");
        Assert.SkipUnless(!named.StartsWith("/usr", StringComparison.Ordinal) || Directory.Exists(named), $"{named} is not installed.");
        using var home = new TempFolder();

        (int code, string output, _) = ChildShell.Run(
            "try { New-Network LeNet5 -ErrorAction Stop } catch { $_.FullyQualifiedErrorId; $_.Exception.Message; exit 3 }",
            home,
            new Dictionary<string, string> { ["CONVNETSHELL_LIBTORCH"] = named }
        );

        Assert.Equal(3, code);
        Assert.Contains("Native.NotLoaded", output, StringComparison.Ordinal);
        Assert.Contains(message, output, StringComparison.Ordinal);
    }

    private static bool IsOfLibtorch(string path) =>
        Path.GetFileName(path) is var name
        && (
            name.StartsWith("libtorch", StringComparison.Ordinal)
            || name.StartsWith("libc10", StringComparison.Ordinal)
            || name.StartsWith("libgomp", StringComparison.Ordinal)
        );

    private static void AssertOurs(string[] mapped)
    {
        Assert.Contains(Path.Combine(ModulePaths.Bin, "libtorch_cpu.so"), mapped);
        Assert.Contains(mapped, path => path.Contains("LibTorchSharp", StringComparison.Ordinal));
        Assert.DoesNotContain(mapped, path => path.StartsWith("/usr/", StringComparison.Ordinal));
        Assert.Single(mapped, path => Path.GetFileName(path).StartsWith("libtorch_cpu", StringComparison.Ordinal));
    }

    private static string[] MappedAfter(string script, string? libtorch = null)
    {
        using var home = new TempFolder();
        Dictionary<string, string> environment = libtorch is null ? [] : new() { ["CONVNETSHELL_LIBTORCH"] = libtorch };
        (int code, string output, string error) = ChildShell.Run($"{script}\n{Mapped}\nexit 0", home, environment);

        Assert.Equal((0, string.Empty), (code, error.Trim()));
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
