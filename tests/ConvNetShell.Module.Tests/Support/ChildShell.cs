using System.Diagnostics;
using System.Text;

namespace ConvNetShell.Module.Tests.Support;

/// <summary>Runs a script in a fresh cnsh process, whose environment holds no data and no proxy unless a test says so.</summary>
internal static class ChildShell
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    /// <summary>Starts a script; the caller reads what it writes and ends it.</summary>
    public static Process Start(string script, TempFolder home)
    {
        var process = new Process { StartInfo = Prepare(script, home, null) };
        process.Start();
        process.StandardInput.Close();
        return process;
    }

    public static (int ExitCode, string Output, string Error) Run(
        string script,
        TempFolder home,
        IReadOnlyDictionary<string, string>? environment = null
    )
    {
        var error = new StringBuilder();
        using var process = new Process { StartInfo = Prepare(script, home, environment) };
        process.ErrorDataReceived += (_, line) => error.AppendLine(line.Data);
        process.Start();
        process.StandardInput.Close();
        process.BeginErrorReadLine();
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            Assert.True(process.WaitForExit(Patience), $"cnsh has not ended: {script}");
            process.WaitForExit();
            return (process.ExitCode, output.Result.ReplaceLineEndings("\n"), error.ToString());
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static ProcessStartInfo Prepare(string script, TempFolder home, IReadOnlyDictionary<string, string>? environment)
    {
        // A test run in a shell's background has SIGINT ignored, and children inherit that; env gives the default back.
        string[] program = OperatingSystem.IsLinux() ? ["env", "--default-signal=INT", "dotnet"] : ["dotnet"];
        string[] arguments = [.. program[1..], Path.Combine(AppContext.BaseDirectory, "cnsh.dll"), "-Command", script];
        var start = new ProcessStartInfo(program[0], arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = home.Path,
        };
        start.Environment["CONVNETSHELL_MODULE"] = ModulePaths.Manifest;
        start.Environment["CONVNETSHELL_DATA"] = home.Path;
        start.Environment["HOME"] = home.Path;
        start.Environment["NO_COLOR"] = "1"; // PowerShell colors what it writes to a file or pipe too
        start.Environment["XDG_DATA_HOME"] = home["data"];
        start.Environment["XDG_CACHE_HOME"] = home["cache"];
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }
        return start;
    }
}
