using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Core.Training.Schedules;
using ConvNetShell.Core.Training.Settings;

namespace ConvNetShell.Core.Training.Loop;

/// <summary>Applies the values of a run's control and schedule, and records the changes of the control.</summary>
/// <param name="run">The run.</param>
/// <param name="state">Where it stands.</param>
internal sealed class ControlFollower(TrainingRun run, TrainingState state)
{
    private readonly LearningRateSchedule schedule = new(run.Settings);

    /// <summary>Gets a value indicating whether the epoch ends here, for another batch size.</summary>
    public bool IsEpochCut => run.Control.CutsEpochs && state.Step > 0 && state.BatchSize != WantedBatchSize;

    private int WantedBatchSize => Math.Min(run.Control.BatchSize, run.Dataset.Train.Count);

    /// <summary>Sets the batch size, which changes between epochs only.</summary>
    public void BeforeEpoch() => state.BatchSize = Change(nameof(RunControl.BatchSize), state.BatchSize, WantedBatchSize);

    /// <summary>Sets the rates of a step.</summary>
    /// <param name="epochs">The epochs done, with their fraction.</param>
    /// <param name="steps">The steps of the epoch.</param>
    public void BeforeStep(double epochs, int steps)
    {
        state.Optimizer.Momentum = Change(nameof(RunControl.Momentum), state.Optimizer.Momentum, run.Control.Momentum);
        state.Optimizer.WeightDecay = Change(nameof(RunControl.WeightDecay), state.Optimizer.WeightDecay, run.Control.WeightDecay);
        state.MaxLearningRate = Change(nameof(RunControl.LearningRate), state.MaxLearningRate, run.Control.LearningRate);
        (state.Optimizer.Epoch, state.Optimizer.EpochsDone) = (state.Epoch, epochs);
        state.Optimizer.MaxLearningRate = state.MaxLearningRate * state.Monitor.Factor;
        state.Optimizer.LearningRate = state.MaxLearningRate * schedule.At(epochs, steps) * state.Monitor.Factor;
    }

    private T Change<T>(string setting, T from, T to)
        where T : IConvertible, IEquatable<T>
    {
        if (!from.Equals(to))
        {
            run.Add(new SettingChange(state.Epoch, state.TotalSteps, setting, from.ToDouble(null), to.ToDouble(null)));
        }
        return to;
    }
}
