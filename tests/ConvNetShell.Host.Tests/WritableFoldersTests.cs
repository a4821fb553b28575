using System.Diagnostics;

namespace ConvNetShell.Host.Tests;

public sealed class WritableFoldersTests
{
    /// <summary>Without HOME the engine takes a folder of this name in the temporary folder, which others may have made.</summary>
    [Fact]
    public void Modules_that_others_put_into_the_temporary_folder_are_not_run()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the folders are the ones of Linux");
        DirectoryInfo temporary = Directory.CreateTempSubdirectory("planted");
        try
        {
            string engineHome = $"pwsh-{Environment.UserName}-98288ff9-5712-4a14-9a11-23693b9cd91a";
            string module = Path.Combine(temporary.FullName, engineHome, ".local", "share", "powershell", "Modules", "Planted");
            Directory.CreateDirectory(module);
            File.WriteAllText(Path.Combine(module, "Planted.psm1"), "function Get-Planted { 'planted' }");

            Assert.Equal(
                "0\n",
                Run("@(Get-Command Get-Planted -ErrorAction Ignore).Count", ("HOME", null), ("TMPDIR", temporary.FullName))
            );
        }
        finally
        {
            temporary.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_home_that_cannot_be_written_does_not_end_the_program()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the folders are the ones of Linux");
        // nobody, not even root, can make a folder there
        string[] variables = ["HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"];
        Assert.Equal("2\n", Run("1 + 1", [.. variables.Select(variable => (variable, (string?)"/proc/no-such-folder"))]));
    }

    private static string Run(string command, params (string Name, string? Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "cnsh.dll"), "-Command", command])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["CONVNETSHELL_MODULE"] = (string)AppContext.GetData("ConvNetShell.Manifest")!;
        foreach ((string name, string? value) in environment)
        {
            start.Environment[name] = value; // null takes the variable away
        }

        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        string output = process.StandardOutput.ReadToEnd();
        Assert.True(process.WaitForExit(TimeSpan.FromMinutes(1)));
        return output;
    }
}
