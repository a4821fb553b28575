namespace ConvNetShell.Kernel.Breakpoints;

/// <summary>What has become of a <see cref="BreakpointRequest"/>.</summary>
/// <param name="Line">The line where it stops, the next that has a statement; <see langword="null"/> where it is not set.</param>
/// <param name="Problem">Why it is not set.</param>
/// <param name="Id">Its number; 0 where it is not set.</param>
internal sealed record BreakpointState(int? Line, string? Problem = null, int Id = 0);
