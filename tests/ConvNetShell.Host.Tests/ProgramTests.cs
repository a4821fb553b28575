using System.Diagnostics;

namespace ConvNetShell.Host.Tests;

/// <summary>The built program as users start it: a process with redirected streams.</summary>
public sealed class ProgramTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _script = Path.Combine(Directory.CreateTempSubdirectory("cnsh-program-").FullName, "script.ps1");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_script)!, recursive: true);

    [Theory]
    [InlineData("exit 3", 3)]
    [InlineData("throw 'bad'", 1)]
    [InlineData("Write-Error 'bad'", 0)]
    [InlineData("/bin/sh -c 'exit 5'", 0)]
    public void File_gives_the_exit_code_of_pwsh(string text, int code)
    {
        File.WriteAllText(_script, text);

        Assert.Equal(code, Run(null, "-NoModule", "-File", _script).ExitCode);
    }

    [Fact]
    public void File_binds_its_arguments()
    {
        File.WriteAllText(_script, "param([int]$Epochs, [switch]$Quick, [switch]$Loud, $Rest) \"$Epochs $Quick $Loud $Rest $(Split-Path $PSCommandPath -Leaf)\"");

        (int code, string output, string error) = Run(null, "-NoModule", "-File", _script, "-Epochs", "3", "-Quick", "-Loud:$false", "tail");

        Assert.Equal((0, "3 True False tail script.ps1\n", string.Empty), (code, output, error));
    }

    [Fact]
    public void Text_on_standard_input_is_run()
    {
        Assert.Equal((4, "2\n", string.Empty), Run("1 + 1\nexit 4\n", "-NoModule"));
        Assert.Equal((0, "2\n", string.Empty), Run("1 +\n1\n", "-NoModule", "-Command", "-"));
    }

    [Fact]
    public void The_module_is_there() =>
        Assert.Equal((0, "ConvNetShell\n", string.Empty), Run(null, "-Command", "(Get-Module).Name"));

    [Fact]
    public void Redirected_streams_have_no_escape_sequences()
    {
        (_, string output, string error) = Run(null, "-NoModule", "-c", "Get-Item /; Write-Progress x y; Write-Host red -ForegroundColor Red; Write-Error bad");

        Assert.DoesNotContain('\e', output + error);
        Assert.Contains("bad", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_signal_stops_a_sleep(string signal)
    {
        using Process process = Start("-NoModule", "-c", "'begun'; Start-Sleep 60");
        Assert.Equal("begun", await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        var watch = Stopwatch.StartNew();
        using Process kill = Process.Start("sh", ["-c", $"kill -{signal} {process.Id}; kill -{signal} {process.Id}"]); // timeout signals twice

        Assert.True(process.WaitForExit(Patience));

        Assert.Equal(EngineSession.StoppedExitCode, process.ExitCode);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_second_signal_ends_what_cannot_be_stopped()
    {
        using Process process = Start("-NoModule", "-c", "'begun'; [Threading.Thread]::Sleep(-1)");
        Assert.Equal("begun", await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        using Process first = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        Assert.False(process.WaitForExit(TimeSpan.FromSeconds(2)));
        using Process second = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public void A_wrong_option_is_named()
    {
        (int code, _, string error) = Run(null, "-NoSuchOption");

        Assert.Equal(64, code);
        Assert.Contains("-NoSuchOption", error, StringComparison.Ordinal);
    }

    private static (int ExitCode, string Output, string Error) Run(string? input, params string[] arguments)
    {
        using Process process = Start(arguments);
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        Assert.True(process.WaitForExit(Patience));
        return (process.ExitCode, output.ReplaceLineEndings("\n"), error.Result);
    }

    private static Process Start(params string[] arguments)
    {
        // A test run in a shell's background has SIGINT ignored, and children inherit that; env gives the default back.
        string[] program = OperatingSystem.IsLinux() ? ["env", "--default-signal=INT", "dotnet"] : ["dotnet"];
        return Process.Start(new ProcessStartInfo(program[0], [.. program[1..], Path.Combine(AppContext.BaseDirectory, "cnsh.dll"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["CONVNETSHELL_MODULE"] = (string)AppContext.GetData("ConvNetShell.Manifest")! },
        })!;
    }
}
