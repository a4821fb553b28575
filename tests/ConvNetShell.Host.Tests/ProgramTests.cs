using System.Diagnostics;

namespace ConvNetShell.Host.Tests;

/// <summary>The built program as users start it: a process with redirected streams.</summary>
public sealed class ProgramTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly string Manifest = (string)AppContext.GetData("ConvNetShell.Manifest")!;

    private readonly string script = Path.Combine(Directory.CreateTempSubdirectory("cnsh-program-").FullName, "script.ps1");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(script)!, recursive: true);

    [Theory]
    [InlineData("exit 3", 3)]
    [InlineData("throw 'bad'", 1)]
    [InlineData("Write-Error 'bad'", 0)]
    [InlineData("/bin/sh -c 'exit 5'", 0)]
    public void File_gives_the_exit_code_of_pwsh(string text, int code)
    {
        File.WriteAllText(script, text);

        Assert.Equal(code, Run(null, "-File", script).ExitCode);
    }

    [Fact]
    public void File_binds_its_arguments()
    {
        File.WriteAllText(
            script,
            "param([int]$Epochs, [switch]$Quick, [switch]$Loud, $Rest) \"$Epochs $Quick $Loud $Rest $(Split-Path $PSCommandPath -Leaf)\""
        );

        (int code, string output, string error) = Run(null, "-File", script, "-Epochs", "3", "-Quick", "-Loud:$false", "tail");

        Assert.Equal((0, "3 True False tail script.ps1\n", string.Empty), (code, output, error));
    }

    [Theory]
    [InlineData("1", 0)]
    [InlineData("exit 4", 4)]
    [InlineData("Write-Error bad", 1)]
    [InlineData("Write-Error bad; 1", 0)]
    [InlineData("function f { exit 3 }; f; 1", 3)]
    [InlineData("if (", 1)]
    [InlineData("Invoke-Notebook nosuch.ipynb", 1)]
    public void Command_gives_the_exit_code_of_pwsh(string text, int code) => Assert.Equal(code, Run(null, "-Command", text).ExitCode);

    [Fact]
    public void Text_on_standard_input_is_run() =>
        Assert.Equal((4, "2\n", string.Empty), Run("1 + 1\nexit 4\n", "-NonInteractive", "-Command", "-"));

    [Fact]
    public void The_module_is_imported() =>
        Assert.Equal((0, "ConvNetShell\n", string.Empty), Run(null, "-Command", "(Get-Module ConvNetShell).Name"));

    [Fact]
    public void No_profile_is_run()
    {
        string config = Path.GetDirectoryName(script)!;
        Directory.CreateDirectory(Path.Combine(config, "powershell"));
        File.WriteAllText(Path.Combine(config, "powershell", "profile.ps1"), "'profile'");
        string? before = Environment.GetEnvironmentVariable("XDG_CONFIG_HOME");
        try
        {
            Environment.SetEnvironmentVariable("XDG_CONFIG_HOME", config);
            Assert.Equal((0, "1\n", string.Empty), Run(null, "-Command", "1"));
        }
        finally
        {
            Environment.SetEnvironmentVariable("XDG_CONFIG_HOME", before);
        }
    }

    [Fact]
    public void Nothing_is_reported_to_anybody() =>
        Assert.Equal(
            (0, "1 Off\n", string.Empty),
            Run(null, "-Command", "\"$env:POWERSHELL_TELEMETRY_OPTOUT $env:POWERSHELL_UPDATECHECK\"")
        );

    [Fact]
    public void A_module_that_cannot_be_imported_ends_the_program()
    {
        File.WriteAllText(script + ".psd1", "@{ ModuleVersion = '1.0'; RootModule = 'nosuch.psm1' }");

        (int code, _, string error) = Run(script + ".psd1", null, ["-Command", "1"]);

        Assert.Equal(70, code);
        Assert.Contains("nosuch.psm1", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("INT", 1)] // as pwsh
    [InlineData("TERM", 128 + 15)]
    [InlineData("HUP", 128 + 1)]
    public async Task A_signal_stops_the_command_in_order(string signal, int code)
    {
        using Process process = Start(
            Manifest,
            "-Command",
            $"try {{ 'begun'; Start-Sleep 60 }} finally {{ Set-Content '{script}' ended }}"
        );
        Assert.Equal("begun", await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        var watch = Stopwatch.StartNew();
        // timeout signals twice
        using Process kill = Process.Start("sh", ["-c", $"kill -{signal} {process.Id}; kill -{signal} {process.Id}"]);

        Assert.True(process.WaitForExit(Patience));

        Assert.Equal(code, process.ExitCode);
        Assert.Equal("ended", File.ReadAllText(script).Trim());
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_second_signal_ends_what_cannot_be_stopped()
    {
        using Process process = Start(Manifest, "-Command", "'begun'; [Threading.Thread]::Sleep(-1)");
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

    private static (int ExitCode, string Output, string Error) Run(string? input, params string[] arguments) =>
        Run(Manifest, input, arguments);

    private static (int ExitCode, string Output, string Error) Run(string module, string? input, string[] arguments)
    {
        using Process process = Start(module, arguments);
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        Assert.True(process.WaitForExit(Patience));
        return (process.ExitCode, output.ReplaceLineEndings("\n"), error.Result);
    }

    private static Process Start(string module, params string[] arguments)
    {
        // A test run in a shell's background has SIGINT ignored, and children inherit that; env gives the default back.
        string[] program = OperatingSystem.IsLinux() ? ["env", "--default-signal=INT", "dotnet"] : ["dotnet"];
        return Process.Start(
            new ProcessStartInfo(program[0], [.. program[1..], Path.Combine(AppContext.BaseDirectory, "cnsh.dll"), .. arguments])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment = { ["CONVNETSHELL_MODULE"] = module, ["NO_COLOR"] = "1" },
            }
        )!;
    }
}
