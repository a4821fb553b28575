using System.Runtime.InteropServices;
using ConvNetShell.Core.Compute.Native;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Tests.Data;

namespace ConvNetShell.Core.Tests.Compute.Native;

public sealed class TorchVersionTests
{
    [Fact]
    public void The_packages_libtorch_says_its_version()
    {
        nint library = NativeLibrary.Load(Path.Combine(TorchLibrary.Folder, TorchFolder.FileName("torch_cpu")));

        Assert.Equal(TorchVersion.Expected, TorchVersion.Read(library)?.Split('+', '-')[0]);
    }

    [Fact]
    public void A_library_that_is_no_libtorch_says_none() => Assert.Null(TorchVersion.Read(NativeLibrary.GetMainProgramHandle()));

    [Theory]
    [InlineData("PyTorch built with:\n - GCC 11.2\n - Build settings: TORCH_VERSION=2.11.0+cu130, USE_CUDA=ON,", "2.11.0+cu130")]
    [InlineData("PyTorch built with:\n - GCC 9.3", null)]
    public void The_version_is_read_out_of_the_builds_settings(string text, string? version) =>
        Assert.Equal(version, TorchVersion.Parse(text));

    [Theory]
    [InlineData("2.10.0")]
    [InlineData("2.10.1+cu128")]
    public void A_release_of_the_same_numbers_is_taken(string version) => TorchVersion.Check(version, "/libs", isForced: false);

    [Theory]
    [InlineData("2.11.0+cu130", "version 2.11.0+cu130")]
    [InlineData("1.13.1", "version 1.13.1")]
    [InlineData("2.1.0", "version 2.1.0")]
    [InlineData(null, "one of an unknown version")]
    public void Another_is_refused_unless_it_is_forced(string? version, string received)
    {
        NativeLibraryException error = Assert.Throws<NativeLibraryException>(() => TorchVersion.Check(version, "/libs", isForced: false));

        Assert.Contains(
            $"expected libtorch 2.10, which this build was made for. Received: {received} in /libs",
            error.Message,
            StringComparison.Ordinal
        );
        TorchVersion.Check(version, "/libs", isForced: true);
    }

    [Fact]
    public void A_folder_without_libtorch_is_named()
    {
        using var folder = new TestFolder();
        NativeLibraryException error = Assert.Throws<NativeLibraryException>(() => TorchFolder.Find(folder.Root));

        Assert.Contains($"Received: {folder.Root}.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_folder_above_lib_is_good_too()
    {
        using var folder = new TestFolder();
        string library = folder.File(["lib", TorchFolder.FileName("torch_cpu")], [1]);

        Assert.Equal(new TorchFolder(Path.GetDirectoryName(library)!, IsChosen: true), TorchFolder.Find(folder.Root));
    }
}
