using System.Reflection;

namespace ConvNetShell.Kernel.Spec;

/// <summary>The command that starts a kernel in the program that runs now: this pwsh, or this cnsh.</summary>
internal static class Launcher
{
    private const string ConnectionFile = "{connection_file}";

    /// <summary>Returns the arguments of the command; {connection_file} stands for the path of the connection file.</summary>
    /// <param name="moduleFolder">The folder of the built module's assemblies, which pwsh loads the kernel from.</param>
    /// <exception cref="FileNotFoundException">The present program is neither pwsh nor cnsh, and there is no pwsh on the PATH.</exception>
    public static IReadOnlyList<string> Command(string moduleFolder)
    {
        Assembly? entry = Assembly.GetEntryAssembly();
        string folder = entry is { Location.Length: > 0 } ? Path.GetDirectoryName(entry.Location)! : AppContext.BaseDirectory;
        return Command(Environment.ProcessPath, entry?.Location, moduleFolder)
            ?? Cnsh(folder, Environment.ProcessPath)
            ?? (OnPath("pwsh") is { } pwsh ? Pwsh([pwsh], moduleFolder) : null)
            ?? throw new FileNotFoundException(
                "Expected pwsh 7.5 or later, or cnsh, which run the kernel. Run this command in one of them. "
                    + $"Received: {Environment.ProcessPath}, and no pwsh on the PATH."
            );
    }

    /// <summary>Returns the command for a process that is pwsh, and null for any other.</summary>
    /// <param name="program">The program of the process. The .NET tool's pwsh is a library that <c>dotnet</c> runs.</param>
    /// <param name="library">The assembly the process began with.</param>
    /// <param name="moduleFolder">The folder of the built module's assemblies.</param>
    internal static IReadOnlyList<string>? Command(string? program, string? library, string moduleFolder)
    {
        bool isPwsh = library is { Length: > 0 } && IsNamed(library, "pwsh");
        return program is null ? null
            : IsNamed(program, "dotnet") ? (isPwsh ? Pwsh([program, library!], moduleFolder) : null)
            : isPwsh || IsNamed(program, "pwsh") ? Pwsh([program], moduleFolder)
            : null;
    }

    // The path of the connection file is an argument of its own, so that no character of it is read as PowerShell. Only the kernel's
    // assembly is loaded here: the module is imported once, in the runspace of the cells.
    private static string[] Pwsh(string[] program, string moduleFolder) =>
        [
            .. program,
            "-NoLogo",
            "-NoProfile",
            "-CommandWithArgs",
            $"$null = [Reflection.Assembly]::LoadFrom({Quote(Path.Combine(moduleFolder, "ConvNetShell.Loader.dll"))}); "
                + "Import-Module -Assembly ([ConvNetShell.Loader.ModuleLoadContext]::Beside('ConvNetShell.Kernel')); "
                + "Start-ConvNetKernel -ConnectionFile $args[0]",
            ConnectionFile,
        ];

    private static string[]? Cnsh(string folder, string? program)
    {
        string executable = Path.Combine(folder, OperatingSystem.IsWindows() ? "cnsh.exe" : "cnsh"),
            library = Path.Combine(folder, "cnsh.dll");
        return File.Exists(executable) ? [executable, "kernel", ConnectionFile]
            : File.Exists(library)
                ? [program is not null && IsNamed(program, "dotnet") ? program : "dotnet", library, "kernel", ConnectionFile]
            : null;
    }

    private static string? OnPath(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? name + ".exe" : name))
            .FirstOrDefault(File.Exists);

    private static bool IsNamed(string path, string name) =>
        Path.GetFileNameWithoutExtension(path).Equals(name, StringComparison.OrdinalIgnoreCase);

    private static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
