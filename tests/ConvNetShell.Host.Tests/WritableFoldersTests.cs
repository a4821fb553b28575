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

    /// <summary>Two users: one plants a module in a folder that the other's HOME or XDG variable names.</summary>
    [Theory]
    [InlineData("HOME", ".local/share", "chown -R 65534 {0}", true)]
    [InlineData("HOME", ".local/share", "chown -R 65534 {0}/.local")]
    [InlineData("XDG_DATA_HOME", "", "chown -R 65534 {0}", true)]
    [InlineData("XDG_DATA_HOME", "", "chown -R 65534 {0}/powershell")]
    [InlineData("XDG_DATA_HOME", "", "mv {0} {0}-real && ln -s {0}-real {0} && chown -h 65534 {0}")]
    [InlineData("XDG_DATA_HOME", "", "mv {0} {0}-real && ln -s {0}-real {0} && chown 65534 {0}-real")]
    [InlineData("XDG_DATA_HOME", "", "chmod 777 {0}")]
    public void A_folder_of_another_user_is_refused(string variable, string below, string plant, bool isFirst = false)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Only root can give a folder to another user.");
        DirectoryInfo temporary = Directory.CreateTempSubdirectory("planted");
        try
        {
            string folder = Path.Combine(temporary.FullName, "home");
            string module = Path.Combine(folder, below, "powershell", "Modules", "Planted");
            Directory.CreateDirectory(module);
            File.WriteAllText(Path.Combine(module, "Planted.psm1"), "function Get-Planted { 'planted' }");
            string[] others = new[] { "HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME" }.Except([variable]).ToArray();
            (string, string?)[] environment =
            [
                (variable, folder),
                .. others.Select(name => (name, name == "HOME" ? temporary.FullName : (string?)null)),
            ];
            if (isFirst)
            {
                Assert.Equal(("planted\n", string.Empty), RunBoth("Get-Planted", environment)); // it is his own: as PowerShell does
            }

            using (Process shell = Process.Start("sh", ["-c", plant.Replace("{0}", folder, StringComparison.Ordinal)]))
            {
                shell.WaitForExit();
                Assert.Equal(0, shell.ExitCode);
            }

            (string output, string error) = RunBoth("@(Get-Command Get-Planted -ErrorAction Ignore).Count; 1 + 1", environment);
            Assert.Equal("0\n2\n", output);
            Assert.Contains("cnsh: refused ", error, StringComparison.Ordinal);
            Assert.Contains(folder, error, StringComparison.Ordinal);
        }
        finally
        {
            temporary.Delete(recursive: true);
        }
    }

    [Fact]
    public void Roots_folders_and_his_own_are_trusted_by_a_user()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Only root can run a program as another user.");
        DirectoryInfo temporary = Directory.CreateTempSubdirectory("planted");
        try
        {
            foreach ((int owner, bool isRefused) in new[] { (65534, false), (0, false), (4321, true) })
            {
                string program = Path.Combine(AppContext.BaseDirectory, "cnsh.dll");
                string script =
                    $"setpriv --reuid 65534 --clear-groups test -r {program} || {{ echo unreadable >&2; exit; }}; "
                    + $"chmod 755 {temporary}; mkdir -p {temporary}/{owner}/powershell; chown -R {owner} {temporary}/{owner}; "
                    + $"XDG_DATA_HOME={temporary}/{owner} exec setpriv --reuid 65534 --clear-groups dotnet "
                    + $"{program} -Command 1+1";
                (string output, string error) = Run(new ProcessStartInfo("sh", ["-c", script]), ("HOME", "/nonexistent"));
                Assert.SkipWhen(error.Contains("not found", StringComparison.Ordinal), "The system has no setpriv.");
                Assert.SkipWhen(error.Contains("unreadable", StringComparison.Ordinal), $"Another user may not read {program}.");
                Assert.Equal("2\n", output);
                Assert.Equal(isRefused, error.Contains("cnsh: refused ", StringComparison.Ordinal));
            }
        }
        finally
        {
            temporary.Delete(recursive: true);
        }
    }

    private static string Run(string command, params (string Name, string? Value)[] environment) => RunBoth(command, environment).Output;

    private static (string Output, string Error) RunBoth(string command, params (string Name, string? Value)[] environment) =>
        Run(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "cnsh.dll"), "-Command", command]), environment);

    private static (string Output, string Error) Run(ProcessStartInfo start, params (string Name, string? Value)[] environment)
    {
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError) = (true, true, true);
        start.Environment["CONVNETSHELL_MODULE"] = (string)AppContext.GetData("ConvNetShell.Manifest")!;
        foreach ((string name, string? value) in environment)
        {
            start.Environment[name] = value; // null takes the variable away
        }

        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        Assert.True(process.WaitForExit(TimeSpan.FromMinutes(1)));
        return (output, error.Result);
    }
}
