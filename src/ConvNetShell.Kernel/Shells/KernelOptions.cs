using System.Management.Automation.Runspaces;

namespace ConvNetShell.Kernel.Shells;

/// <summary>How a kernel is made.</summary>
public sealed record KernelOptions
{
    /// <summary>Gets the initial state of the cells' runspace.</summary>
    public required InitialSessionState SessionState { get; init; }

    /// <summary>Gets the module manifest to import before the first cell; null imports none.</summary>
    public string? ModulePath { get; init; }

    /// <summary>Gets the folder cells start in; null is the process's current folder.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Gets the file that keeps the history over restarts; null is the user's data folder.</summary>
    public string? HistoryPath { get; init; }

    /// <summary>Gets what receives a line where a message was dropped or something went wrong.</summary>
    public Action<string> Log { get; init; } = _ => { };
}
