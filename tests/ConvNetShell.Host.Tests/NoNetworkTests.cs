using System.Diagnostics;
using System.Text.RegularExpressions;

namespace ConvNetShell.Host.Tests;

/// <summary>A session that downloads nothing reaches nobody: no telemetry and no search for updates, in the kernel too.</summary>
public sealed partial class NoNetworkTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly string home = Directory.CreateTempSubdirectory("cnsh-network-").FullName;

    private string Seen => Path.Combine(home, "network.txt");

    public void Dispose() => Directory.Delete(home, recursive: true);

    [Fact]
    public void The_watch_sees_a_name_that_is_resolved()
    {
        Run("try { [System.Net.Dns]::GetHostAddresses('nobody.invalid') } catch { }; 'done'");

        Assert.Contains("nobody.invalid", File.ReadAllText(Seen), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_leaves_the_machine_in_a_session_that_downloads_nothing()
    {
        string output = Run(
            "$run = New-Network -Spec 'conv3x3x4 relu pool2 fc10 softmax' -InputShape 3,32,32 | Start-Training Shapes -MaxSteps 2; "
                + "$null = Measure-Accuracy $run; $null = Get-Dataset; $null = Get-Help Start-Training; "
                + "$null = Install-ConvNetKernel -Name watched; (Test-ConvNetKernel watched).Succeeded; 'done'"
        );

        Assert.EndsWith("True\ndone", output.ReplaceLineEndings("\n").Trim(), StringComparison.Ordinal);
        string[] seen = File.Exists(Seen) ? File.ReadAllLines(Seen) : [];
        Assert.All(seen, line => Assert.Matches(Loopback(), line));
    }

    /// <summary>A connection to 127.x.x.x: the socket address is written as two bytes of the port and four of the address.</summary>
    [GeneratedRegex(@"^ConnectStart InterNetwork:16:\{\d+,\d+,127,")]
    private static partial Regex Loopback();

    private string Run(string command)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "cnsh.exe" : "cnsh"))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { "-Command", command },
        };
        start.Environment["DOTNET_STARTUP_HOOKS"] = typeof(NoNetworkTests).Assembly.Location;
        start.Environment[NetworkWatch.Variable] = Seen;
        start.Environment["HOME"] = home;
        start.Environment["NO_COLOR"] = "1";
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Assert.True(process.WaitForExit(Patience), "cnsh did not end");
        Assert.True(process.ExitCode == 0, error.Result);
        return output.Result;
    }
}
