using System.Diagnostics;
using ConvNetShell.Core.Data.Batches;
using ConvNetShell.Core.Training.Callbacks;
using ConvNetShell.Core.Training.Checkpoints;
using ConvNetShell.Core.Training.Optimizers;
using ConvNetShell.Core.Training.Runs;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Training.Loop;

/// <summary>Runs the steps of an epoch.</summary>
/// <param name="context">The run and its state.</param>
internal sealed class EpochSteps(RunContext context)
{
    private readonly TrainingRun run = context.Run;
    private readonly TrainingState state = context.State;
    private readonly ControlFollower control = new(context.Run, context.State);
    private readonly Stopwatch sinceStep = new();

    /// <summary>Runs the epoch to its end, or until something ends the run.</summary>
    /// <returns>What ended the run; None at the end of the epoch.</returns>
    public StopReason Run()
    {
        using var scope = NewDisposeScope(); // what no scope holds the garbage collector may free while libtorch still reads it
        if (state.Step == 0)
        {
            control.BeforeEpoch();
        }
        var plan = new BatchPlan(run.Dataset.Train.Count, state.BatchSize, run.Settings.DropLast);
        int[] order = plan.Order();
        state.Order.State = state.OrderAtStart;
        ClassBatches.Shuffle(run.Dataset.Train, order, state.Order, state.BatchSize, run.Settings.UsedImagesPerClass);
        using var resting = new RestingWeights(run.Network.Parameters, state.Epoch);
        using var ahead = ReadAhead.Begin(run.Dataset.Train, order, state.Step * state.BatchSize, plan.LargestBatch);
        using var runner = new StepRunner(run, state, context.Device, plan.LargestBatch, ahead?.ToSplit());
        TimeSpan began = context.Elapsed - state.EpochTime;
        while (state.Step < plan.Steps && !control.IsEpochCut)
        {
            run.Control.WaitWhilePaused(context.Stop);
            StopReason reason = Reason();
            if (reason != StopReason.None)
            {
                return reason;
            }
            int together = Math.Max(1, run.Settings.AccumulateBatches),
                steps = (plan.Steps + together - 1) / together; // batches whose gradients add up are one step
            control.BeforeStep(state.Epoch - 1 + (double)(state.Step / together) / steps, steps);
            ahead?.Advance(state.Step * state.BatchSize);
            runner.Step(plan.Batch(order, state.Step), plan.Steps - state.Step);
            run.Network.HasInitialWeights = false;
            state.Step++;
            state.TotalSteps++;
            run.Rates.Add(state.Epoch, state.Optimizer.LearningRate);
            state.EpochTime = context.Elapsed - began;
            AfterStep(plan);
        }
        return StopReason.None;
    }

    private StopReason Reason() =>
        context.Stop.IsCancellationRequested ? StopReason.Interrupt
        : run.Control.IsStopRequested ? StopReason.Request
        : context.Settings.MaxTime is TimeSpan most && context.Elapsed >= most ? StopReason.MaxTime
        : context.Settings.MaxSteps > 0 && state.TotalSteps >= context.Settings.MaxSteps ? StopReason.MaxSteps
        : StopReason.None;

    private void AfterStep(BatchPlan plan)
    {
        context.Checkpoints?.NoteStep(state);
        bool due =
            state.Step == 1 || state.Step == plan.Steps || !sinceStep.IsRunning || sinceStep.Elapsed >= context.Callback.StepInterval;
        if (due)
        {
            sinceStep.Restart();
            double loss = state.Meter.Loss;
            if (!double.IsFinite(loss))
            {
                throw new NonFiniteLossException(run, state.Epoch, state.Step, loss, NonFiniteFinder.Describe(run.Network, null));
            }
            if (state.TotalSteps == 1)
            {
                context.Warnings.AfterFirstStep(loss);
            }
            context.Callback.OnStep(Progress(plan, loss));
        }
        if (context.Checkpoints?.IsStepDue(state) == true)
        {
            context.Save(CheckpointMoment.Step);
        }
    }

    private StepProgress Progress(BatchPlan plan, double loss)
    {
        double done = (state.Epoch - 1 + (double)state.Step / plan.Steps) / context.Settings.Epochs;
        return new StepProgress(
            state.Epoch,
            context.Settings.Epochs,
            state.Step,
            plan.Steps,
            loss,
            state.Meter.Accuracy,
            state.Meter.Count / state.EpochTime.TotalSeconds,
            context.Elapsed * ((1 - done) / done)
        );
    }
}
