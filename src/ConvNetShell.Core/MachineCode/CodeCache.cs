using System.Collections.Concurrent;

namespace ConvNetShell.Core.MachineCode;

/// <summary>The functions made so far, by what they compute: all trainings of a process share them. One that could not be made is tried again.</summary>
internal static class CodeCache
{
    private static readonly ConcurrentDictionary<object, Lazy<MachineFunction>> Made = new();

    /// <summary>Returns the function that computes something; makes it the first time.</summary>
    /// <param name="code">What to compute.</param>
    public static MachineFunction Get(FilterCode code) => Made.GetOrAdd(code, _ => new Lazy<MachineFunction>(code.Assemble, LazyThreadSafetyMode.PublicationOnly)).Value;

    /// <summary>Returns the function that computes something; makes it the first time.</summary>
    /// <param name="code">What to compute.</param>
    public static MachineFunction Get(GradientCode code) => Made.GetOrAdd(code, _ => new Lazy<MachineFunction>(code.Assemble, LazyThreadSafetyMode.PublicationOnly)).Value;
}
