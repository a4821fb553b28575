using System.Runtime.InteropServices;
using ConvNetShell.Core.Compute.Native;

namespace ConvNetShell.Core.Tests.Compute.Native;

/// <summary>A library is loaded from the bytes that were checked, and from no file that anybody could exchange meanwhile.</summary>
public sealed class MemoryLibraryTests : IDisposable
{
    private readonly string? temporaryBefore = Environment.GetEnvironmentVariable("TMPDIR");
    private readonly DirectoryInfo temporary = Directory.CreateTempSubdirectory("memory-library");

    public MemoryLibraryTests()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "files in memory are Linux's");
        Environment.SetEnvironmentVariable("TMPDIR", temporary.FullName);
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("TMPDIR", temporaryBefore);
        temporary.Delete(recursive: true);
    }

    [Fact]
    public void A_library_is_loaded_from_memory()
    {
        nint library = MemoryLibrary.Load("cosine.so", Maths());

        Assert.Equal(-1, Cosine(library), 1e-12);
        Assert.Contains(File.ReadLines("/proc/self/maps"), line => line.Contains("/memfd:cosine.so", StringComparison.Ordinal));
        Assert.Empty(temporary.GetFileSystemInfos());
    }

    [Fact]
    public void Where_there_is_no_file_in_memory_a_private_folder_serves_and_is_gone_afterwards()
    {
        nint library = MemoryLibrary.LoadFromFolder("private.so", Maths());

        Assert.Equal(-1, Cosine(library), 1e-12);
        Assert.Empty(temporary.GetFileSystemInfos());
    }

    [Fact]
    public void Bytes_that_are_no_library_are_refused_and_leave_nothing()
    {
        Assert.Throws<DllNotFoundException>(() => MemoryLibrary.Load("text.so", "no library"u8.ToArray()));
        Assert.Empty(temporary.GetFileSystemInfos());
    }

    /// <summary>The native half of torch is the file of the build, or its copy in memory; never a file in a folder of the user's.</summary>
    [Fact]
    public void The_library_in_use_comes_from_the_build_or_from_memory()
    {
        TorchLibrary.Open();
        string[] mapped =
        [
            .. File.ReadLines("/proc/self/maps")
                .Where(line => line.Contains("libLibTorchSharp", StringComparison.Ordinal))
                .Select(line => line[line.IndexOf('/', StringComparison.Ordinal)..])
                .Distinct(),
        ];

        Assert.NotEmpty(mapped);
        Assert.All(
            mapped,
            path => Assert.True(path == NativeFiles.Bridge || path.StartsWith("/memfd:libLibTorchSharp", StringComparison.Ordinal), path)
        );
    }

    /// <summary>Returns the C library's mathematics, as the system has them.</summary>
    private static byte[] Maths()
    {
        _ = NativeLibrary.Load("libm.so.6");
        string line = File.ReadLines("/proc/self/maps").First(map => map.EndsWith("libm.so.6", StringComparison.Ordinal));
        return File.ReadAllBytes(line[line.IndexOf('/', StringComparison.Ordinal)..]);
    }

    private static unsafe double Cosine(nint library) =>
        ((delegate* unmanaged<double, double>)NativeLibrary.GetExport(library, "cos"))(Math.PI);
}
