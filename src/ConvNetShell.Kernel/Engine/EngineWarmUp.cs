using System.Management.Automation;
using System.Management.Automation.Runspaces;
using ConvNetShell.Kernel.Output;

namespace ConvNetShell.Kernel.Engine;

/// <summary>
/// Runs a small pipeline in a runspace of its own while the sockets are bound and the module is imported. The engine's code is then
/// compiled by the time the first cell needs it.
/// </summary>
internal static class EngineWarmUp
{
    private const string Pipeline = "1 | Microsoft.PowerShell.Core\\Out-Default";

    /// <summary>Starts; returns at once. A machine with one processor gains nothing by it, so nothing is done there.</summary>
    /// <param name="state">The initial state of the cells' runspace; it is copied.</param>
    /// <param name="log">Receives a line where it fails, which harms nothing.</param>
    public static void Start(InitialSessionState state, Action<string> log)
    {
        if (Environment.ProcessorCount > 1)
        {
            InitialSessionState copy = state.Clone();
            new Thread(() => Run(copy, log)) { IsBackground = true, Name = "ConvNetShell warm-up" }.Start();
        }
    }

    private static void Run(InitialSessionState state, Action<string> log)
    {
        try
        {
            using var output = new CellOutput();
            using Runspace runspace = RunspaceFactory.CreateRunspace(new CellHost(output), state);
            runspace.ThreadOptions = PSThreadOptions.UseCurrentThread;
            runspace.Open();
            using var shell = PowerShell.Create();
            shell.Runspace = runspace;
            shell.AddScript(Pipeline).Invoke();
        }
        // logged only: the cells' runspace repeats the error and reports it
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            log($"warm-up: {error.Message}");
        }
    }
}
