using System.Diagnostics;
using System.Globalization;

namespace ConvNetShell.Benchmark;

/// <summary>A peer in another language: a script beside this program that prints images a second as its last line.</summary>
internal sealed class ScriptContender(string name, string program, string script, params string[] options) : IContender
{
    public string Name => name;

    public string? Missing()
    {
        (int exitCode, string output) = Run(program, script, ["0", .. options]);
        return exitCode == 0 ? null : output.Trim().Split('\n')[^1];
    }

    public double Measure(int batch)
    {
        (int exitCode, string output) = Run(program, script, [batch.ToString(CultureInfo.InvariantCulture), .. options]);
        return exitCode == 0
            ? double.Parse(output.Trim().Split('\n')[^1], CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"{name} ended with {exitCode}: {output}");
    }

    /// <summary>Runs a script beside this program; a batch of 0 only looks whether all it needs is there.</summary>
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
