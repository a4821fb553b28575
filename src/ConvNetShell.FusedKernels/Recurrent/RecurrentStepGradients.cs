namespace ConvNetShell.FusedKernels.Recurrent;

/// <summary>The addresses of the gradients of a step, float32: images x units, or images x gates x units.</summary>
/// <param name="Output">Those of the state as the layer's output.</param>
/// <param name="State">Those of the state by way of the next step; afterwards, of the state before, without what its sums add.</param>
/// <param name="Memory">Those of the memory by way of the next step; afterwards, of the memory before.</param>
/// <param name="Gates">Receives those of the sums of the state before.</param>
/// <param name="Added">Receives those of the sums of the inputs, where the kernel splits the gradients.</param>
public readonly record struct RecurrentStepGradients(nint Output, nint State, nint Memory, nint Gates, nint Added);
