using System.Diagnostics;
using System.Globalization;
using System.Management.Automation.Language;
using ConvNetShell.Core.Sweeps.Workers;

namespace ConvNetShell.Cmdlets.Session.Sweeps;

/// <summary>
/// Says how a worker process is started: with the PowerShell of this process, or with cnsh; from programs that are neither, as .NET
/// Interactive, with the pwsh on the PATH.
/// </summary>
internal static class WorkerProcess
{
    private const string Dotnet = "dotnet";
    private static readonly string ErrorEnd = string.Create(
        CultureInfo.InvariantCulture,
        $"if (-not $?) {{ exit {WorkerPool.ErrorCode} }}"
    );

    /// <summary>Returns how a process is started that works on a sweep.</summary>
    /// <param name="sweep">The sweep's folder.</param>
    /// <param name="home">The folder of this process's PowerShell, $PSHOME.</param>
    public static ProcessStartInfo For(string sweep, string home)
    {
        string manifest = Path.GetFullPath(
            Path.Combine(Path.GetDirectoryName(typeof(WorkerProcess).Assembly.Location)!, "..", "..", "ConvNetShell.psd1")
        );
        string command = $"Import-Module '{Quote(manifest)}'; Resume-Sweep -LiteralPath '{Quote(sweep)}' -AsWorker; " + ErrorEnd;
        var start = new ProcessStartInfo();
        string shell = Path.Combine(home, OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh"),
            library = Path.Combine(home, "pwsh.dll"),
            cnsh = Path.Combine(AppContext.BaseDirectory, "cnsh.dll"),
            present = Environment.ProcessPath ?? Dotnet,
            runtime = Path.GetFileNameWithoutExtension(present) == Dotnet ? present : Dotnet;
        if (File.Exists(shell))
        {
            start.FileName = shell;
        }
        else if (File.Exists(library))
        {
            start.FileName = runtime;
            start.ArgumentList.Add(library);
        }
        else if (File.Exists(cnsh))
        {
            start.FileName = runtime; // cnsh has its engine beside it
            start.ArgumentList.Add(cnsh);
        }
        else
        {
            start.FileName = "pwsh";
        }
        foreach (string argument in new[] { "-NoProfile", "-NonInteractive", "-Command", command })
        {
            start.ArgumentList.Add(argument);
        }
        return start;
    }

    private static string Quote(string text) => CodeGeneration.EscapeSingleQuotedStringContent(text);
}
