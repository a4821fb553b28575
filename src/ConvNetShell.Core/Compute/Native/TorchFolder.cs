using System.Reflection;
using System.Runtime.Loader;
using ConvNetShell.Core.Errors;

namespace ConvNetShell.Core.Compute.Native;

/// <summary>
/// The folder libtorch is taken from: the one that <see cref="Variable"/> names, such as an installed PyTorch's torch/lib; else the one the
/// package's libtorch lies in.
/// </summary>
/// <param name="Path">The full path.</param>
/// <param name="IsChosen">Whether the user has named it.</param>
internal sealed record TorchFolder(string Path, bool IsChosen)
{
    /// <summary>The environment variable that names the folder.</summary>
    public const string Variable = "CONVNETSHELL_LIBTORCH";

    /// <summary>The environment variable that lets a libtorch of another version in, if it is 1.</summary>
    public const string ForceVariable = "CONVNETSHELL_LIBTORCH_FORCE";

    private static string[] SearchFolders =>
        (AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? string.Empty).Split(
            System.IO.Path.PathSeparator,
            StringSplitOptions.RemoveEmptyEntries
        );

    /// <summary>Gets whether a libtorch of another version is let in.</summary>
    public static bool IsForced => Environment.GetEnvironmentVariable(ForceVariable) == "1";

    /// <summary>Gets whether it is a libtorch for NVIDIA's GPUs.</summary>
    public bool HasCuda => File.Exists(System.IO.Path.Combine(Path, FileName("torch_cuda")));

    /// <summary>Finds the folder.</summary>
    /// <param name="named">What the user has named, or null.</param>
    /// <exception cref="NativeLibraryException">It holds no libtorch.</exception>
    public static TorchFolder Find(string? named)
    {
        string library = FileName("torch_cpu");
        if (string.IsNullOrWhiteSpace(named))
        {
            string main = PathOf("torch_cpu");
            return File.Exists(main)
                ? new TorchFolder(System.IO.Path.GetDirectoryName(main)!, IsChosen: false)
                : throw new NativeLibraryException(
                    main,
                    $"libtorch was not found: expected the file '{main}'. Build the module again with 'dotnet build ConvNetShell.sln -c "
                        + "Release', add a libtorch package such as libtorch-cpu-linux-x64 to a program of your own, or name the folder "
                        + $"of a libtorch in {Variable}, for example an installed PyTorch's torch/lib."
                );
        }
        string folder = System.IO.Path.GetFullPath(named);
        string[] candidates = [folder, System.IO.Path.Combine(folder, "lib")];
        string found =
            Array.Find(candidates, candidate => File.Exists(System.IO.Path.Combine(candidate, library)))
            ?? throw new NativeLibraryException(
                System.IO.Path.Combine(folder, library),
                $"{Variable}: expected a folder with {library}, such as an installed PyTorch's torch/lib. Received: {folder}."
            );
        CheckAlone(library, found);
        return new TorchFolder(found, IsChosen: true);
    }

    /// <summary>
    /// Returns the full path of a native library that comes with this assembly. A build tree's programs name the folder, a module has it
    /// beside this assembly, and a program that references the packages where .NET looks for native files.
    /// </summary>
    /// <param name="name">The name without prefix and extension.</param>
    /// <returns>The path; the one beside this assembly where there is no such file.</returns>
    public static string PathOf(string name)
    {
        string file = FileName(name);
        if (AppContext.GetData("ConvNetShell.NativeFolder") is string named)
        {
            return System.IO.Path.Combine(named, file);
        }
        string assembly = Assembly.GetExecutingAssembly().Location; // empty in a program of one file
        string beside = System.IO.Path.Combine(
            assembly is "" ? AppContext.BaseDirectory : System.IO.Path.GetDirectoryName(assembly)!,
            file
        );
        return SearchFolders.Select(folder => System.IO.Path.Combine(folder, file)).Prepend(beside).FirstOrDefault(File.Exists, beside);
    }

    // In a program TorchSharp opens the package's libtorch by itself, and two in one process abort it. The module's loader prevents that.
    private static void CheckAlone(string library, string chosen)
    {
        Assembly torchSharp = typeof(TorchSharp.torch).Assembly;
        if (AssemblyLoadContext.GetLoadContext(torchSharp) != AssemblyLoadContext.Default)
        {
            return;
        }
        IEnumerable<string> searched = SearchFolders.Append(System.IO.Path.GetDirectoryName(torchSharp.Location)!);
        string[] others = [.. searched.Select(folder => System.IO.Path.Combine(folder, library)).Where(File.Exists)];
        if (Array.Find(others, other => System.IO.Path.GetDirectoryName(other) != chosen) is { } another)
        {
            throw new NativeLibraryException(
                another,
                $"{Variable}: expected a program without a libtorch of its own. Received: one with '{another}', which TorchSharp opens "
                    + "too. Leave out the libtorch package, or the variable."
            );
        }
    }

    /// <summary>Returns the file name of a native library on this system.</summary>
    /// <param name="name">The name without prefix and extension.</param>
    public static string FileName(string name) =>
        OperatingSystem.IsWindows() ? name + ".dll"
        : OperatingSystem.IsMacOS() ? $"lib{name}.dylib"
        : $"lib{name}.so";
}
