using System.Diagnostics;
using System.Runtime.InteropServices;
using ConvNetShell.Core.Errors;

namespace ConvNetShell.Core.Sweeps.Slurm;

/// <summary>Runs Slurm's programs.</summary>
internal static class SlurmCommand
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <summary>Runs a program and returns what it wrote; <see langword="null"/> where it failed.</summary>
    /// <param name="program">The program's name.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="error">What it wrote to the standard error.</param>
    /// <exception cref="SchedulerException">The program is not there.</exception>
    public static string? Run(string program, IEnumerable<string> arguments, out string error)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using Process process = Process.Start(start)!;
            process.StandardInput.Close();
            Task<string> output = process.StandardOutput.ReadToEndAsync(),
                errors = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(Timeout))
            {
                process.Kill();
                error = FormattableString.Invariant($"{program} did not end within {Timeout.TotalSeconds} s.");
                return null;
            }
            error = errors.GetAwaiter().GetResult().Trim();
            string text = output.GetAwaiter().GetResult();
            return process.ExitCode == 0 ? text : null;
        }
        catch (ExternalException missing)
        {
            throw new SchedulerException(
                "Slurm.Missing",
                $"-Executor Slurm needs Slurm's {program} on the PATH. Received: {missing.Message}",
                missing
            );
        }
    }
}
