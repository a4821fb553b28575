using System.Runtime.InteropServices;
using ConvNetShell.Core.Errors;
using TorchSharp;

namespace ConvNetShell.Core.Compute.Native;

/// <summary>
/// Opens our libtorch, or the one the user has named, by absolute path before TorchSharp is touched; left alone, TorchSharp falls back on
/// any libtorch the system has. Everything that makes a tensor calls <see cref="Open"/> first; importing the module does not.
/// </summary>
internal static class TorchLibrary
{
    private static readonly Lazy<string> Opened = new(OpenOnce);
    private static readonly Dictionary<string, nint> Handles = [];

    /// <summary>Opens libtorch if that has not happened; cheap afterwards.</summary>
    /// <exception cref="NativeLibraryException">A library is missing or does not load.</exception>
    public static void Open() => _ = Opened.Value;

    /// <summary>Gets the folder the libraries were opened from, opening them if need be.</summary>
    public static string Folder => Opened.Value;

    /// <summary>
    /// Returns a library by the name TorchSharp asks for it, opening all if need be; 0 where this libtorch has none of that name.
    /// </summary>
    /// <param name="name">torch_cpu, torch_cuda or LibTorchSharp.</param>
    public static nint HandleOf(string name)
    {
        Open();
        return Handles.GetValueOrDefault(TorchFolder.FileName(name));
    }

    private static string OpenOnce()
    {
        TorchFolder folder = TorchFolder.Find(Environment.GetEnvironmentVariable(TorchFolder.Variable));
        OpenMPWaiting.Shorten();
        _ = GlibcAllocator.IsTuned; // before the first tensor, so that none lies in a mapping of its own
        foreach (string path in Dependencies().Select(name => Path.Combine(folder.Path, name)).Where(File.Exists))
        {
            nint library = Handles[Path.GetFileName(path)] = Load(path);
            if (folder.IsChosen && Path.GetFileName(path) == TorchFolder.FileName("torch_cpu"))
            {
                TorchVersion.Check(TorchVersion.Read(library), folder.Path, TorchFolder.IsForced);
            }
        }
        // It asks for libtorch by name only, and the system gives it those that are open.
        nint bridge = LoadBridge(TorchFolder.PathOf("LibTorchSharp"), folder);
        Handles[TorchFolder.FileName("LibTorchSharp")] = bridge;
        NativeLibrary.SetDllImportResolver(typeof(torch).Assembly, (name, _, _) => name == "LibTorchSharp" ? bridge : 0);
        Nnpack.TurnOff(folder.Path);
        return folder.Path;
    }

    private static string[] Dependencies() =>
        OperatingSystem.IsWindows() ? ["c10.dll", "torch_cpu.dll", "c10_cuda.dll", "torch_cuda.dll", "torch.dll"]
        : OperatingSystem.IsMacOS() ? ["libc10.dylib", "libtorch_cpu.dylib", "libtorch.dylib"]
        : ["libgomp-98b21ff3.so.1", "libc10.so", "libtorch_cpu.so", "libc10_cuda.so", "libtorch_cuda.so", "libtorch.so"];

    private static nint LoadBridge(string path, TorchFolder folder)
    {
        try
        {
            return NativeLibrary.Load(path);
        }
        catch (DllNotFoundException error) when (OperatingSystem.IsLinux() && RelaxedLibrary.IsCureFor(error.Message))
        {
            return LoadRelaxed(path, folder, error);
        }
        catch (Exception error) when (error is DllNotFoundException or BadImageFormatException)
        {
            throw BridgeFailure(path, folder, error);
        }
    }

    private static nint LoadRelaxed(string path, TorchFolder folder, Exception cause)
    {
        try
        {
            return MemoryLibrary.Load(Path.GetFileName(path), RelaxedLibrary.Make(path));
        }
        catch (DllNotFoundException error)
        {
            throw BridgeFailure(path, folder, error);
        }
        catch (Exception error) when (error is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new NativeLibraryException(
                path,
                $"'{path}' needs GLIBCXX_3.4.32, which this system's libstdc++ lacks, and a copy without that need could not be "
                    + $"made: {error.Message} "
                    + "Install a libstdc++ of GCC 13 or later, or let the temporary folder be written to.",
                cause
            );
        }
    }

    private static nint Load(string path)
    {
        try
        {
            return NativeLibrary.Load(path);
        }
        catch (Exception error) when (error is DllNotFoundException or BadImageFormatException)
        {
            throw Failure(path, error);
        }
    }

    private static NativeLibraryException BridgeFailure(string path, TorchFolder folder, Exception error) =>
        folder.IsChosen
            ? new NativeLibraryException(
                path,
                $"{TorchFolder.Variable}: expected a libtorch that TorchSharp's native half can be linked with. Received: the one in "
                    + $"{folder.Path}: {error.Message.ReplaceLineEndings(" ")}",
                error
            )
            : Failure(path, error);

    private static NativeLibraryException Failure(string path, Exception error) =>
        new(
            path,
            $"'{path}' could not be opened: {error.Message.ReplaceLineEndings(" ")} "
                + "Its build must be for this system: dotnet build ConvNetShell.sln -c Release on this machine, or -p:TorchRid= "
                + "for another.",
            error
        );
}
