using System.Management.Automation;
using System.Management.Automation.Runspaces;
using Microsoft.PowerShell;

namespace ConvNetShell.Host;

/// <summary>PowerShell's own console host with the module imported. Command line, prompt, output and exit codes are the host's.</summary>
internal static class Shell
{
    private const int StartFailed = 70; // EX_SOFTWARE, as the console host itself

    private const string Help = """
        cnsh: PowerShell with the ConvNetShell module imported and without profiles.

        cnsh [options of pwsh] [[-File] script.ps1 [arguments] | -Command text]
        cnsh kernel install        installs the Jupyter kernel; cnsh kernel lists more

        -Command, -File, -NonInteractive, -WorkingDirectory and the others mean what they mean in pwsh:
        https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_pwsh

        CONVNETSHELL_MODULE   the ConvNetShell.psd1 to import instead of the one found beside or above the program
        NO_COLOR              no colors
        """;

    /// <summary>Runs the console host and ends the process with its exit code.</summary>
    /// <param name="arguments">The command line, with the options of pwsh.</param>
    /// <returns>The exit code where the host could not begin.</returns>
    public static int Start(string[] arguments)
    {
        InitialSessionState state;
        try
        {
            state = SessionState();
        }
        catch (FileNotFoundException error)
        {
            Console.Error.WriteLine($"cnsh: {error.Message}");
            return StartFailed;
        }

        using var signals = new TerminationSignals(hasPrompt: arguments.Length == 0 && !Console.IsInputRedirected);
        int code = ConsoleShell.Start(state, Banner(), Help, ["-NoProfile", .. arguments]);
        // Exit, not return: where the module cannot be imported, the engine leaves a foreground thread behind that would keep the process.
        Environment.Exit(signals.ExitCode ?? code);
        return 0;
    }

    /// <summary>Returns PowerShell's default session with the module.</summary>
    /// <exception cref="FileNotFoundException">The module was not found.</exception>
    public static InitialSessionState SessionState()
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        state.ThrowOnRunspaceOpenError = true; // without the module cnsh has no reason to begin
        if (OperatingSystem.IsWindows())
        {
            // For this process only; elsewhere the engine has no execution policy.
            state.ExecutionPolicy = Microsoft.PowerShell.ExecutionPolicy.Bypass;
        }

        state.ImportPSModule([ModuleLocator.Find(AppContext.BaseDirectory, Environment.GetEnvironmentVariable(ModuleLocator.Variable))]);
        return state;
    }

    private static string Banner() =>
        $"ConvNetShell {typeof(Shell).Assembly.GetName().Version!.ToString(3)} in PowerShell {PSVersionInfo.PSVersion}";
}
