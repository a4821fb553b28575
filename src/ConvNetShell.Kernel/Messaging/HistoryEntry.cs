namespace ConvNetShell.Kernel.Messaging;

/// <summary>A cell that was run.</summary>
/// <param name="Session">The kernel's session, counted from 1.</param>
/// <param name="Line">The cell's execution count.</param>
/// <param name="Source">The cell's text.</param>
/// <param name="Output">The text of its result, if it had one.</param>
internal sealed record HistoryEntry(int Session, int Line, string Source, string? Output);
