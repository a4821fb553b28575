using ConvNetShell.Kernel.Spec;

namespace ConvNetShell.Kernel.Tests.Spec;

/// <summary>The command that a kernel's spec begins with.</summary>
public sealed class LauncherTests
{
    [Theory]
    [InlineData("/usr/bin/pwsh", "/opt/microsoft/powershell/7/pwsh.dll", "/usr/bin/pwsh")]
    [InlineData("/opt/it's/pwsh-preview", "/opt/it's/pwsh.dll", "/opt/it's/pwsh-preview")]
    [InlineData(
        "/usr/share/dotnet/dotnet",
        "/home/a/.nuget/packages/powershell/7.6.9/tools/net10.0/any/unix/pwsh.dll",
        "/usr/share/dotnet/dotnet",
        "/home/a/.nuget/packages/powershell/7.6.9/tools/net10.0/any/unix/pwsh.dll"
    )]
    public void Pwsh_is_started_as_it_runs_now(string program, string library, params string[] expected)
    {
        IReadOnlyList<string> command = Launcher.Command(program, library, "/a 'b'/module/bin")!;

        Assert.Equal([.. expected, "-NoLogo", "-NoProfile", "-CommandWithArgs"], command.Take(expected.Length + 3));
        Assert.Contains("LoadFrom('/a ''b''/module/bin/ConvNetShell.Loader.dll')", command[^2], StringComparison.Ordinal);
        Assert.Equal("{connection_file}", command[^1]); // an argument of its own: no character of a path is read as PowerShell
        Assert.DoesNotContain(command.SkipLast(1), word => word.Contains("{connection_file}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/usr/share/dotnet/dotnet", "/tools/Microsoft.DotNet.Interactive.App.dll")]
    [InlineData("/usr/local/bin/cnsh", "/usr/local/bin/cnsh.dll")]
    [InlineData(null, null)]
    public void Another_program_is_not_taken_for_pwsh(string? program, string? library) =>
        Assert.Null(Launcher.Command(program, library, "/module/bin"));
}
