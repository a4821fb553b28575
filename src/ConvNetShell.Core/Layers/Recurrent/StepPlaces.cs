using ConvNetShell.FusedKernels.Recurrent;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Layers.Recurrent;

/// <summary>Where the numbers of each step of a recurrent layer lie, whichever end of time it starts from.</summary>
internal readonly struct StepPlaces
{
    private readonly StepAddresses added,
        gates,
        memory,
        states,
        zero;
    private readonly int steps;
    private readonly bool isBackwards;

    /// <param name="added">The sums of the inputs, time x images x sums.</param>
    /// <param name="gates">The gates, time x images x sums.</param>
    /// <param name="memory">The memory, time x images x units; anything where the kernel has none.</param>
    /// <param name="states">The states, time x images x units.</param>
    /// <param name="zero">State and memory before the first step.</param>
    /// <param name="isBackwards">Whether the last time is the first step.</param>
    public StepPlaces(Tensor added, Tensor gates, Tensor memory, Tensor states, Tensor zero, bool isBackwards)
    {
        steps = (int)states.shape[0];
        (this.added, this.gates) = (new StepAddresses(added, steps), new StepAddresses(gates, steps));
        (this.memory, this.states) = (new StepAddresses(memory, steps), new StepAddresses(states, steps));
        (this.zero, this.isBackwards) = (new StepAddresses(zero, 1), isBackwards);
    }

    /// <summary>Gets where a step's numbers lie.</summary>
    /// <param name="step">The step, from zero.</param>
    public RecurrentStep this[int step]
    {
        get
        {
            int at = At(step);
            (nint memoryBefore, nint stateBefore) = step == 0 ? (zero[0], zero[0]) : (memory[At(step - 1)], states[At(step - 1)]);
            return new RecurrentStep(added[at], gates[at], memoryBefore, memory[at], stateBefore, states[at]);
        }
    }

    /// <summary>Returns the place in time of a step.</summary>
    /// <param name="step">The step, from zero.</param>
    public int At(int step) => isBackwards ? steps - 1 - step : step;
}
