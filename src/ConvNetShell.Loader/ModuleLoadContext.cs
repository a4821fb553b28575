using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace ConvNetShell.Loader;

/// <summary>
/// The one AssemblyLoadContext of the module. It loads the cmdlets and everything they depend on from the module's
/// own folder, so that another module's TorchSharp, SkiaSharp or SharpZipLib never meets ours. ConvNetShell.Display,
/// ConvNetShell.Kernel and this assembly stay in the default context: scripts and notebooks exchange their types, and the kernel that runs
/// before the module is imported is the one whose cmdlets the module exports.
/// </summary>
public sealed class ModuleLoadContext : AssemblyLoadContext
{
    private static readonly Lock Gate = new();
    private static readonly string Folder = Path.GetDirectoryName(typeof(ModuleLoadContext).Assembly.Location)!;
    private static readonly string[] SharedAssemblies = ["ConvNetShell.Display", "ConvNetShell.Kernel", "ConvNetShell.Loader"];
    private static readonly string[] CmdletAssemblies = ["ConvNetShell.Cmdlets", "ConvNetShell.Kernel"];
    private static ModuleLoadContext? instance;
    private Assembly[]? cmdlets;

    // Not collectible: TorchSharp keeps native callbacks alive for as long as the process lives.
    private ModuleLoadContext()
        : base("ConvNetShell", isCollectible: false) { }

    /// <summary>Loads the cmdlets; a second call returns the same assemblies, as native code is one a process.</summary>
    /// <returns>The assemblies with cmdlets, for <c>Import-Module -Assembly</c>.</returns>
    public static Assembly[] Initialize()
    {
        lock (Gate)
        {
            if (instance is null)
            {
                instance = new ModuleLoadContext();
                Default.Resolving += Own; // PowerShell finds a type's converter by its full name
            }
            foreach (string shared in SharedAssemblies)
            {
                Shared(shared); // views and scripts name their types
            }
            return instance.cmdlets ??= [.. CmdletAssemblies.Select(name => instance.LoadFromAssemblyName(new AssemblyName(name)))];
        }
    }

    /// <summary>Gets a value indicating whether the cmdlets were loaded before, for another session or another import.</summary>
    public static bool IsInitialized => instance?.cmdlets is not null;

    /// <summary>Gets a value indicating whether this process is .NET Interactive, which asks for pictures by itself.</summary>
    public static bool HasFormatter =>
        AppDomain.CurrentDomain.GetAssemblies().Any(assembly => assembly.GetName().Name == "Microsoft.DotNet.Interactive.Formatting");

    /// <summary>Returns another assembly of the module's folder as the cmdlets see it.</summary>
    /// <param name="name">Its simple name.</param>
    /// <returns>The assembly.</returns>
    public static Assembly Beside(string name)
    {
        Initialize();
        return instance!.LoadFromAssemblyName(new AssemblyName(name));
    }

    /// <inheritdoc />
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        string file = Path.Combine(Folder, assemblyName.Name + ".dll");
        if (!File.Exists(file))
        {
            return null; // the framework's and PowerShell's own assemblies come from the default context
        }
        return SharedAssemblies.Contains(assemblyName.Name, StringComparer.Ordinal)
            ? Shared(assemblyName.Name!)
            : LoadFromAssemblyPath(file);
    }

    /// <summary>Returns an assembly of the default context; a program that runs the kernel may have its own copy there.</summary>
    private static Assembly Shared(string name) =>
        Default.Assemblies.FirstOrDefault(assembly => assembly.GetName().Name == name)
        ?? Default.LoadFromAssemblyPath(Path.Combine(Folder, name + ".dll"));

    /// <inheritdoc />
    protected override nint LoadUnmanagedDll(string unmanagedDllName)
    {
        if (unmanagedDllName is "torch_cpu" or "torch_cuda" or "LibTorchSharp")
        {
            return LibTorch(unmanagedDllName);
        }
        foreach (string name in NativeNames(unmanagedDllName))
        {
            if (NativeLibrary.TryLoad(Path.Combine(Folder, name), out nint handle))
            {
                return handle;
            }
        }
        return 0; // the runtime goes on with its own search
    }

    /// <summary>
    /// Has Core open libtorch, which knows the folder and what must be set before; TorchSharp asks for it by name when it first computes,
    /// and a second libtorch would end the process.
    /// </summary>
    private nint LibTorch(string name)
    {
        Assembly core = LoadFromAssemblyName(new AssemblyName("ConvNetShell.Core"));
        Type library = core.GetType("ConvNetShell.Core.Compute.Native.TorchLibrary", throwOnError: true)!;
        return (nint)library.GetMethod("HandleOf", BindingFlags.Public | BindingFlags.Static)!.Invoke(null, [name])!;
    }

    /// <summary>
    /// Returns an assembly with cmdlets, and Core, for code outside that loads them by name; their dependencies stay inside.
    /// </summary>
    private static Assembly? Own(AssemblyLoadContext context, AssemblyName name) =>
        name.Name is "ConvNetShell.Core" || CmdletAssemblies.Contains(name.Name, StringComparer.Ordinal)
            ? instance!.LoadFromAssemblyName(name)
            : null;

    private static string[] NativeNames(string name) =>
        OperatingSystem.IsWindows() ? [name, name + ".dll"]
        : OperatingSystem.IsMacOS() ? [$"lib{name}.dylib", name + ".dylib", name]
        : [$"lib{name}.so", name + ".so", name];
}
