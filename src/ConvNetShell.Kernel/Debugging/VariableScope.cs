using System.Management.Automation;

namespace ConvNetShell.Kernel.Debugging;

/// <summary>The variables that a call sees, or all cells.</summary>
/// <param name="Variables">The variables by their names.</param>
internal sealed record VariableScope(IReadOnlyDictionary<string, PSVariable> Variables);
