using System.Collections.Concurrent;

namespace ConvNetShell.Core.MachineCode;

/// <summary>The functions made so far, by what they compute: all trainings of a process share them.</summary>
internal static class CodeCache
{
    private static readonly ConcurrentDictionary<object, Lazy<MachineFunction>> Made = new();

    /// <summary>Returns the function that computes something; makes it the first time.</summary>
    /// <param name="code">What to compute.</param>
    public static MachineFunction Get(FilterCode code) => Made.GetOrAdd(code, _ => new Lazy<MachineFunction>(code.Assemble)).Value;

    /// <summary>Returns the function that computes something; makes it the first time.</summary>
    /// <param name="code">What to compute.</param>
    public static MachineFunction Get(GradientCode code) => Made.GetOrAdd(code, _ => new Lazy<MachineFunction>(code.Assemble)).Value;
}
