namespace ConvNetShell.Kernel.Engine;

/// <summary>Whom a cell asks.</summary>
internal interface ICellInput
{
    /// <summary>Asks for a line; returns when it is there.</summary>
    /// <exception cref="System.Management.Automation.PipelineStoppedException">The cell was interrupted meanwhile.</exception>
    string Ask(string prompt, bool password);
}
