using System.Diagnostics;
using System.Globalization;

namespace ConvNetShell.Benchmark;

/// <summary>A peer in another language: a script beside this program that prints images a second as its last line.</summary>
internal sealed class ScriptContender(string name, string program, string script, params string[] options) : IContender
{
    public string Name => name;

    public string? Missing()
    {
        (int exitCode, string output) = Run("0");
        return exitCode == 0 ? null : output.Trim().Split('\n')[^1];
    }

    public double Measure(int batch)
    {
        (int exitCode, string output) = Run(batch.ToString(CultureInfo.InvariantCulture));
        return exitCode == 0
            ? double.Parse(output.Trim().Split('\n')[^1], CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"{name} ended with {exitCode}: {output}");
    }

    /// <summary>Runs the script; a batch of 0 only looks whether all it needs is there.</summary>
    private (int ExitCode, string Output) Run(string batch)
    {
        var start = new ProcessStartInfo(program, [Path.Combine(AppContext.BaseDirectory, script), batch, .. options])
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
