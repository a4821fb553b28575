namespace ConvNetShell.Kernel.Output;

/// <summary>
/// Sends what .NET code writes to the console into the output of the cell that runs it. Several sessions of a process may capture at once:
/// each gets what its own thread writes, and the tasks that it started; of one session all that is written.
/// </summary>
internal sealed class ConsoleCapture : IDisposable
{
    private static readonly SharedConsole Shared = new(); // as the process has one console
    private readonly CellOutput? outer;
    private readonly CellOutput output;

    /// <param name="output">Where it goes.</param>
    /// <param name="isSubshell">True for a further session beside the main one.</param>
    public ConsoleCapture(CellOutput output, bool isSubshell = false)
    {
        this.output = output;
        outer = Shared.Enter(output, isSubshell);
    }

    /// <inheritdoc/>
    public void Dispose() => Shared.Leave(output, outer);
}
