namespace ConvNetShell.Kernel.Engine;

/// <summary>How a cell ended.</summary>
/// <param name="Error">What went wrong; null where nothing did.</param>
/// <param name="ExitCode">What the cell gave to exit; null where it did not call it.</param>
/// <param name="WasInterrupted">True where the user stopped it.</param>
internal sealed record CellOutcome(CellError? Error, int? ExitCode = null, bool WasInterrupted = false)
{
    /// <summary>True where it ran to its end.</summary>
    public bool Succeeded => Error is null;
}
