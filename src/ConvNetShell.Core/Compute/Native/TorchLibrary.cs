using System.Reflection;
using System.Runtime.InteropServices;
using ConvNetShell.Core.Errors;
using TorchSharp;

namespace ConvNetShell.Core.Compute.Native;

/// <summary>
/// Opens our libtorch by absolute path before TorchSharp is touched; left alone, TorchSharp falls back on any libtorch
/// the system has. Everything that makes a tensor calls <see cref="Open"/> first; importing the module does not.
/// </summary>
internal static class TorchLibrary
{
    private static readonly Lazy<string> Opened = new(OpenOnce);

    /// <summary>Opens libtorch if that has not happened; cheap afterwards.</summary>
    /// <exception cref="NativeLibraryException">A library is missing or does not load.</exception>
    public static void Open() => _ = Opened.Value;

    /// <summary>Gets the folder the libraries were opened from, opening them if need be.</summary>
    public static string Folder => Opened.Value;

    private static string OpenOnce()
    {
        string folder = FindFolder();
        OpenMPWaiting.Shorten();
        _ = GlibcAllocator.IsTuned; // before the first tensor, so that none lies in a mapping of its own
        foreach (string name in Dependencies().Where(name => File.Exists(Path.Combine(folder, name))))
        {
            Load(Path.Combine(folder, name));
        }
        nint bridge = LoadBridge(Path.Combine(folder, FileName("LibTorchSharp")));
        NativeLibrary.SetDllImportResolver(typeof(torch).Assembly, (name, _, _) => name == "LibTorchSharp" ? bridge : 0);
        Nnpack.TurnOff(folder);
        return folder;
    }

    private static string FindFolder()
    {
        // A build tree keeps the libraries in one folder, which its programs name; a module has them beside this assembly.
        string folder =
            AppContext.GetData("ConvNetShell.NativeFolder") as string ?? Path.GetDirectoryName(Assembly.GetExecutingAssembly().Location)!;
        string main = Path.Combine(folder, FileName("torch_cpu"));
        return File.Exists(main)
            ? folder
            : throw new NativeLibraryException(
                main,
                $"libtorch was not found: expected the file '{main}'. Build the module again: dotnet build "
                    + $"ConvNetShell.sln -c Release."
            );
    }

    private static string[] Dependencies() =>
        OperatingSystem.IsWindows() ? ["c10.dll", "torch_cpu.dll", "torch.dll"]
        : OperatingSystem.IsMacOS() ? ["libc10.dylib", "libtorch_cpu.dylib", "libtorch.dylib"]
        : ["libgomp-98b21ff3.so.1", "libc10.so", "libtorch_cpu.so", "libc10_cuda.so", "libtorch_cuda.so", "libtorch.so"];

    private static nint LoadBridge(string path)
    {
        try
        {
            return NativeLibrary.Load(path);
        }
        catch (DllNotFoundException error) when (OperatingSystem.IsLinux() && RelaxedLibrary.IsCureFor(error.Message))
        {
            return LoadRelaxed(path, error);
        }
        catch (Exception error) when (error is DllNotFoundException or BadImageFormatException)
        {
            throw Failure(path, error);
        }
    }

    private static nint LoadRelaxed(string path, Exception cause)
    {
        try
        {
            return MemoryLibrary.Load(Path.GetFileName(path), RelaxedLibrary.Make(path));
        }
        catch (DllNotFoundException error)
        {
            throw Failure(path, error);
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

    private static NativeLibraryException Failure(string path, Exception error) =>
        new(
            path,
            $"'{path}' could not be opened: {error.Message.ReplaceLineEndings(" ")} "
                + "Its build must be for this system: dotnet build ConvNetShell.sln -c Release on this machine, or -p:TorchRid= "
                + "for another.",
            error
        );

    private static string FileName(string name) =>
        OperatingSystem.IsWindows() ? name + ".dll"
        : OperatingSystem.IsMacOS() ? $"lib{name}.dylib"
        : $"lib{name}.so";
}
