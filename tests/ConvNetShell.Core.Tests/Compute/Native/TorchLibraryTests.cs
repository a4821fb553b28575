using ConvNetShell.Core.Compute.Native;
using TorchSharp;

namespace ConvNetShell.Core.Tests.Compute.Native;

public sealed class TorchLibraryTests
{
    [Fact]
    public void Only_our_libtorch_is_mapped()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the memory map is Linux's");
        using (torch.zeros(1)) { }
        string[] mapped =
        [
            .. File.ReadLines("/proc/self/maps")
                .Select(line => line[(line.IndexOf('/', StringComparison.Ordinal) is var at and >= 0 ? at : line.Length)..])
                .Where(path =>
                    Path.GetFileName(path) is var name
                    && (
                        name.StartsWith("libtorch", StringComparison.Ordinal)
                        || name.StartsWith("libc10", StringComparison.Ordinal)
                        || name.StartsWith("libLibTorchSharp", StringComparison.Ordinal)
                    )
                )
                .Distinct(),
        ];
        Assert.NotEmpty(mapped);
        Assert.All(
            mapped,
            path =>
                Assert.True(
                    path.StartsWith(TorchLibrary.Folder, StringComparison.Ordinal)
                        || path.Contains("/ConvNetShell", StringComparison.Ordinal),
                    path
                )
        );
    }

    [Fact]
    public void Version_is_the_one_that_ships() => Assert.StartsWith("2.10.0", torch.__version__, StringComparison.Ordinal);

    [Fact]
    public void Opening_again_is_harmless() => TorchLibrary.Open();
}
