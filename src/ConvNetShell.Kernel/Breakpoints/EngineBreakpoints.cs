using System.Management.Automation;

namespace ConvNetShell.Kernel.Breakpoints;

/// <summary>
/// The methods of the engine's debugger that came with PowerShell 7.0 and that the reference assembly for modules, of 5.1, does not have.
/// Unlike Set-PSBreakpoint they need no file, and no runspace that is free.
/// </summary>
internal static class EngineBreakpoints
{
    private const int AnyColumn = 0;

    /// <summary>Sets a breakpoint.</summary>
    /// <param name="engine">The debugger.</param>
    /// <param name="path">The file or the cell's name.</param>
    /// <param name="line">The line, counted from 1.</param>
    /// <param name="action">What decides whether it stops; <see langword="null"/> to stop each time.</param>
    public static LineBreakpoint SetLine(this Debugger engine, string path, int line, ScriptBlock? action) =>
        (LineBreakpoint)PSObject.AsPSObject(engine).Methods["SetLineBreakpoint"].Invoke(path, line, AnyColumn, action);

    /// <summary>Removes a breakpoint.</summary>
    public static void Remove(this Debugger engine, Breakpoint breakpoint) =>
        PSObject.AsPSObject(engine).Methods["RemoveBreakpoint"].Invoke(breakpoint);
}
