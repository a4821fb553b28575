using System.Diagnostics;
using System.Globalization;

namespace ConvNetShell.Benchmark;

/// <summary>Runs a script beside this program in another language.</summary>
internal static class ScriptProcess
{
    /// <summary>Returns why a script cannot run; <see langword="null"/> where it can.</summary>
    public static string? Missing(string program, string script, params string[] arguments)
    {
        (int exitCode, string output) = Run(program, script, arguments);
        return exitCode == 0 ? null : output.Trim().Split('\n')[^1];
    }

    /// <summary>Returns the number in the last line of what a script prints.</summary>
    public static double Measure(string name, string program, string script, params string[] arguments)
    {
        (int exitCode, string output) = Run(program, script, arguments);
        return exitCode == 0
            ? double.Parse(output.Trim().Split('\n')[^1], CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"{name} ended with {exitCode}: {output}");
    }

    /// <summary>Returns the exit code of a script, and what it printed: errors where it failed.</summary>
    public static (int ExitCode, string Output) Run(string program, string script, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, [Path.Combine(AppContext.BaseDirectory, script), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> error = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, process.ExitCode == 0 ? output : error.Result);
        }
        catch (System.ComponentModel.Win32Exception notThere)
        {
            return (1, notThere.Message);
        }
    }
}
