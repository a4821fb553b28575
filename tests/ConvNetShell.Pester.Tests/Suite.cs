using System.Diagnostics;
using System.Text;

namespace ConvNetShell.Pester.Tests;

/// <summary>Runs tests/Pester in the PowerShell of .config/dotnet-tools.json, at most three processes at a time.</summary>
internal static class Suite
{
    private static readonly SemaphoreSlim Processes = new(3);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);

    /// <summary>Runs the suite and returns one row a test.</summary>
    /// <exception cref="InvalidOperationException">PowerShell or a package is not restored; the message says what to type.</exception>
    public static async Task<IReadOnlyList<TheoryDataRow<PesterTest>>> RunAsync(Condition condition, string? files = null)
    {
        await Processes.WaitAsync();
        try
        {
            return SuiteReport.ToRows(await ReadAsync(condition, files));
        }
        finally
        {
            Processes.Release();
        }
    }

    private static async Task<IReadOnlyList<PesterTest>> ReadAsync(Condition condition, string? files)
    {
        foreach (string file in condition.Assemblies.Prepend(Settings.Pester(condition.Pester)))
        {
            if (!File.Exists(file))
            {
                throw new InvalidOperationException(
                    $"The packages of the tests are not restored on this machine: expected '{file}'. Type: dotnet restore"
                );
            }
        }
        await CheckPowerShellAsync(Settings.Root);

        string output = Path.GetTempFileName();
        try
        {
            (int code, string text) = await StartAsync(Settings.Root, Patience, Arguments(condition, files, output));
            return [.. SuiteReport.Read(File.ReadLines(output), condition, $"Its exit code: {code}. It wrote:\n{text}")];
        }
        finally
        {
            File.Delete(output);
        }
    }

    private static string[] Arguments(Condition condition, string? files, string output)
    {
        var arguments = new List<string>
        {
            "-NoProfile",
            "-NonInteractive",
            "-File",
            Path.Combine(condition.Root, "tests", "Pester", "Invoke-Suite.ps1"),
            "-Pester",
            Settings.Pester(condition.Pester),
            "-Output",
            output,
        };
        void Add(string name, string? value) => arguments.AddRange(string.IsNullOrEmpty(value) ? [] : [name, value]);
        Add("-Path", files);
        Add("-Culture", condition.Culture);
        Add("-ExcludeTag", condition.OnlyQuick ? "Slow" : null);
        Add("-Assembly", string.Join(Path.PathSeparator, condition.Assemblies));
        arguments.AddRange(condition.Strict ? ["-Strict"] : []);
        return [.. arguments];
    }

    /// <summary>Checks that the tools of a folder's .config/dotnet-tools.json have PowerShell.</summary>
    /// <exception cref="InvalidOperationException">They have not; the message says what to type.</exception>
    public static async Task CheckPowerShellAsync(string folder)
    {
        (int code, string text) = await StartAsync(folder, TimeSpan.FromMinutes(2), "-NoProfile", "-NonInteractive", "-Command", "exit 42");
        if (code != 42)
        {
            throw new InvalidOperationException($"PowerShell is not restored on this machine. Type: dotnet tool restore\n{text}");
        }
    }

    private static async Task<(int Code, string Text)> StartAsync(string folder, TimeSpan patience, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["tool", "run", "pwsh", "--", .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["POWERSHELL_TELEMETRY_OPTOUT"] = "1";
        start.Environment["POWERSHELL_UPDATECHECK"] = "Off";
        start.Environment["NO_COLOR"] = "1";
        // What a test host sets for itself is not for its children.
        start.Environment.Remove("DOTNET_STARTUP_HOOKS");
        var text = new StringBuilder();
        using var process = new Process { StartInfo = start };
        void Receive(object sender, DataReceivedEventArgs line)
        {
            lock (text)
            {
                text.AppendLine(line.Data);
            }
        }
        process.OutputDataReceived += Receive;
        process.ErrorDataReceived += Receive;
        process.Start();
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var time = new CancellationTokenSource(patience);
        try
        {
            await process.WaitForExitAsync(time.Token);
            lock (text)
            {
                return (process.ExitCode, text.ToString());
            }
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            lock (text)
            {
                return (-1, $"It has not ended after {patience.TotalMinutes} minutes and was killed.\n{text}");
            }
        }
    }
}
