using ConvNetShell.Core.Training.Callbacks;

namespace ConvNetShell.Gpu.Tests;

/// <summary>Does something of the test's at each step, counted from 1.</summary>
internal sealed class StepWatcher(Action<int> onStep) : ITrainingCallback
{
    private int steps;

    public void OnStep(in StepProgress progress) => onStep(++steps);
}
