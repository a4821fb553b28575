using System.Diagnostics;

namespace ConvNetShell.Kernel.Tests.Support;

/// <summary>Runs programs as a user does at a prompt, in the repository's folder, with no telemetry.</summary>
internal static class Programs
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15),
        Leftover = TimeSpan.FromMinutes(1);

    /// <summary>Gets the repository's folder, where <c>dotnet pwsh</c> finds the tool.</summary>
    public static string Repository { get; } =
        Path.GetFullPath(Path.Combine((string)AppContext.GetData("ConvNetShell.NativeFolder")!, "..", ".."));

    /// <summary>Returns whether a program is on the PATH.</summary>
    public static bool IsThere(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, program)));

    /// <summary>Skips the test where a program is missing that Debian has in a package.</summary>
    public static void Need(string program, string package) =>
        Assert.SkipUnless(IsThere(program), $"{program} is not on this machine; Debian: apt-get install {package}");

    /// <summary>Skips the test where Python lacks a module that Debian has in a package.</summary>
    public static void NeedPython(string modules, string packages)
    {
        (int missing, string said) = Python(new Dictionary<string, string>(), "-c", $"import {modules}");
        Assert.SkipWhen(missing != 0, $"python3 has no {modules} ({said.Trim().Split('\n')[^1]}); Debian: apt-get install {packages}");
    }

    /// <summary>Runs Debian's python3, which has Jupyter's client, with variables in its environment.</summary>
    public static (int Code, string Output) Python(IReadOnlyDictionary<string, string> variables, params IEnumerable<string> words) =>
        Run(File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3", variables, words);

    /// <summary>
    /// Runs a tool of .config/dotnet-tools.json. A machine where the tools are not restored fails with the command to type.
    /// </summary>
    public static (int Code, string Output) Tool(
        string tool,
        IReadOnlyDictionary<string, string> variables,
        params IEnumerable<string> words
    )
    {
        (int code, string output) = Run("dotnet", variables, [tool, .. words]);
        Assert.False(
            code != 0 && output.Contains("dotnet tool restore", StringComparison.Ordinal),
            $"{tool} is not restored on this machine. Type: dotnet tool restore"
        );
        return (code, output);
    }

    /// <summary>Runs a program to its end.</summary>
    public static (int Code, string Output) Run(
        string program,
        IReadOnlyDictionary<string, string> variables,
        params IEnumerable<string> words
    )
    {
        var start = new ProcessStartInfo(program, words)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Repository,
        };
        foreach (
            string name in new[]
            {
                "POWERSHELL_TELEMETRY_OPTOUT",
                "DOTNET_CLI_TELEMETRY_OPTOUT",
                "DOTNET_INTERACTIVE_CLI_TELEMETRY_OPTOUT",
                "NO_COLOR",
            }
        )
        {
            start.Environment[name] = "1";
        }

        foreach ((string name, string value) in variables)
        {
            start.Environment[name] = value;
        }

        try
        {
            using var process = Process.Start(start)!;
            Task<string> output = process.StandardOutput.ReadToEndAsync(),
                error = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(Patience))
            {
                process.Kill(entireProcessTree: true);
            }

            Assert.True(
                Task.WaitAll([output, error], Leftover),
                $"{program} {string.Join(' ', words)} has ended with {process.ExitCode}, and something that it started has not."
            );
            return (process.ExitCode, output.Result + error.Result);
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            return (1, error.Message);
        }
    }
}
