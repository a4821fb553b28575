using System.Runtime.InteropServices;
using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Compute.Native;
using ConvNetShell.Core.Errors;

namespace ConvNetShell.Core.Tests.Compute.Native;

public sealed unsafe partial class DeterminismTests
{
    [Fact]
    public void The_switch_is_on_until_disposed_of()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the names of the exports are Linux's");
        Assert.False(IsOn());
        using (new Determinism(Torch()))
        {
            Assert.True(IsOn());
        }
        Assert.False(IsOn());
    }

    /// <summary>cuBLAS reads the C library's environment; .NET works on a copy.</summary>
    [Fact]
    public void Native_code_sees_the_workspace_of_cuBLAS()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the names of the exports are Linux's");
        Assert.SkipUnless(Environment.GetEnvironmentVariable(Determinism.Workspace) is null, "the user has set it");
        using (new Determinism(Torch()))
        {
            Assert.Equal(":4096:8", Marshal.PtrToStringUTF8(GetNative(Determinism.Workspace)));
        }
    }

    [Fact]
    public void A_library_without_the_switch_is_an_error()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the library is Linux's");
        var error = Assert.Throws<InvalidSettingException>(() => new Determinism(NativeLibrary.Load("libm.so.6")));
        Assert.Equal("Deterministic must be left out: the libtorch of this build has no switch for it. Received: True.", error.Message);
    }

    private static nint Torch() => NativeLibrary.Load(Path.Combine(TorchLibrary.Folder, "libtorch_cpu.so"));

    private static bool IsOn()
    {
        nint library = Torch();
        nint context = ((delegate* unmanaged<nint>)NativeLibrary.GetExport(library, "_ZN2at13globalContextEv"))();
        nint isOn = NativeLibrary.GetExport(library, "_ZNK2at7Context23deterministicAlgorithmsEv");
        return ((delegate* unmanaged<nint, byte>)isOn)(context) != 0;
    }

    [LibraryImport("libc", EntryPoint = "getenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint GetNative(string name);
}
