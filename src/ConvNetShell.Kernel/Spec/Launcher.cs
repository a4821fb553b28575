using System.Reflection;

namespace ConvNetShell.Kernel.Spec;

/// <summary>The command that starts a kernel as the present process would: this pwsh, or this cnsh.</summary>
internal static class Launcher
{
    private const string ConnectionFile = "{connection_file}";

    /// <summary>The words of the command; {connection_file} stands for the file.</summary>
    /// <param name="manifest">The module to import where the kernel runs in pwsh.</param>
    public static IReadOnlyList<string> Command(string manifest)
    {
        string program = Environment.ProcessPath ?? "pwsh";
        Assembly? entry = Assembly.GetEntryAssembly();
        if (entry?.GetName().Name != "cnsh" && IsPwsh(program))
        {
            return [program, "-NoLogo", "-NoProfile", "-Command", $"Import-Module {Quote(manifest)}; Start-ConvNetKernel {Quote(ConnectionFile)}"];
        }

        // Beside any other program that hosts the module, cnsh may lie too; started by dotnet, the program is the library.
        string folder = entry is { Location.Length: > 0 } ? Path.GetDirectoryName(entry.Location)! : AppContext.BaseDirectory;
        string executable = Path.Combine(folder, OperatingSystem.IsWindows() ? "cnsh.exe" : "cnsh");
        return File.Exists(executable)
            ? [executable, "kernel", ConnectionFile]
            : ["dotnet", Path.Combine(folder, "cnsh.dll"), "kernel", ConnectionFile];
    }

    private static bool IsPwsh(string program) => Path.GetFileNameWithoutExtension(program).StartsWith("pwsh", StringComparison.OrdinalIgnoreCase);

    private static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
