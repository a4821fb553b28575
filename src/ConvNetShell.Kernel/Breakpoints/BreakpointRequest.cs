namespace ConvNetShell.Kernel.Breakpoints;

/// <summary>A breakpoint that a front end asks for.</summary>
/// <param name="Line">The line, counted from 1.</param>
/// <param name="Condition">The expression that has to be true; <see langword="null"/> to stop each time.</param>
internal sealed record BreakpointRequest(int Line, string? Condition = null);
