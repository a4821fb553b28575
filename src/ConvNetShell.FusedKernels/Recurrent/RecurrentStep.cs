namespace ConvNetShell.FusedKernels.Recurrent;

/// <summary>The addresses of a step's numbers, float32: images x units, or images x gates x units.</summary>
/// <param name="Added">The sums of the inputs, of all gates.</param>
/// <param name="Gates">The sums of the state before, of all gates; the step leaves the gates here.</param>
/// <param name="MemoryBefore">The memory before, of a step that has one.</param>
/// <param name="Memory">The memory after it.</param>
/// <param name="StateBefore">The state before.</param>
/// <param name="State">The state after it.</param>
public readonly record struct RecurrentStep(nint Added, nint Gates, nint MemoryBefore, nint Memory, nint StateBefore, nint State);
