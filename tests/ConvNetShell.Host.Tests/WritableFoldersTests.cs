using System.Diagnostics;

namespace ConvNetShell.Host.Tests;

public sealed class WritableFoldersTests
{
    [Fact]
    public void A_home_that_cannot_be_written_does_not_end_the_program()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the folders are the ones of Linux");
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "cnsh.dll"), "-Command", "1 + 1"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["CONVNETSHELL_MODULE"] = (string)AppContext.GetData("ConvNetShell.Manifest")!;
        foreach (string variable in new[] { "HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME" })
        {
            start.Environment[variable] = "/proc/no-such-folder"; // nobody, not even root, can make a folder there
        }

        using Process process = Process.Start(start)!;
        process.StandardInput.Close();

        Assert.Equal("2\n", process.StandardOutput.ReadToEnd());
        Assert.True(process.WaitForExit(TimeSpan.FromMinutes(1)));
    }
}
