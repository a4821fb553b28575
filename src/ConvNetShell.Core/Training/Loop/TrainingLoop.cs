using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Training.Checkpoints;
using ConvNetShell.Core.Training.Losses;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Core.Training.Settings;
using ConvNetShell.Display.Records.Training;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Training.Loop;

/// <summary>Runs epochs until something ends the run.</summary>
internal sealed class TrainingLoop : IDisposable
{
    private readonly RunContext context;
    private readonly TrainingRun run;
    private readonly TrainingState state;
    private readonly TrainingSettings settings;
    private readonly EpochSteps steps;

    /// <param name="context">The run, its state, and where it computes; the state is disposed of with the loop.</param>
    public TrainingLoop(RunContext context)
    {
        (this.context, run, state, settings) = (context, context.Run, context.State, context.Settings);
        steps = new EpochSteps(context);
    }

    /// <summary>Runs to the end.</summary>
    public void Run()
    {
        bool hadInitialWeights = run.Network.HasInitialWeights;
        context.StartClock();
        try
        {
            context.Callback.OnBegin(run);
            run.StopReason = Epochs();
            run.Status = run.StopReason is StopReason.Interrupt or StopReason.Request ? RunStatus.Stopped : RunStatus.Completed;
            context.Warnings.AfterRun();
        }
        catch (Exception error)
        {
            run.Status = error is NonFiniteLossException ? RunStatus.Diverged : RunStatus.Failed;
            run.StopReason = StopReason.Error;
            throw;
        }
        finally
        {
            state.Optimizer.ClearGradients();
            bool hasFailed = run.Status is RunStatus.Failed or RunStatus.Diverged;
            if (!hasFailed && (settings.KeepLast || run.Best is null))
            {
                state.Average.Swap();
            }
            else
            {
                state.Best.Restore(); // before the first epoch ends these are the weights the run began with
                run.Network.HasInitialWeights = hadInitialWeights && run.Best is null;
            }
            run.Elapsed = context.Elapsed;
        }
    }

    /// <inheritdoc />
    public void Dispose() => state.Dispose();

    private StopReason Epochs()
    {
        context.Save(CheckpointMoment.Start);
        StopReason reached = Reached();
        if (reached != StopReason.None)
        {
            context.Warnings.EndedBefore(reached, state); // a run that is resumed
            return reached;
        }
        while (state.Epoch <= settings.Epochs)
        {
            StopReason reason = steps.Run();
            bool isCut = reason is StopReason.MaxSteps or StopReason.MaxTime,
                hasNotBegun = state.Step == 0 && isCut; // then there is nothing to record
            if (isCut)
            {
                context.Save(CheckpointMoment.Stop); // with a larger limit the epoch goes on where it was cut
            }
            if (hasNotBegun || reason is StopReason.Interrupt or StopReason.Request || !Finish(isCut))
            {
                context.Save(CheckpointMoment.Stop);
                return reason == StopReason.None ? StopReason.Interrupt : reason;
            }
            reason =
                reason != StopReason.None ? reason
                : run.Control.IsStopRequested ? StopReason.Request
                : AfterEpoch();
            if (reason != StopReason.None)
            {
                if (!isCut)
                {
                    context.Save(CheckpointMoment.Stop);
                }
                return reason;
            }
        }
        return StopReason.Epochs;
    }

    /// <summary>Returns why a resumed run has ended already, or ends now by a changed setting.</summary>
    private StopReason Reached()
    {
        StopReason reached = state.Step == 0 ? AfterEpoch() : StopReason.None;
        return reached != StopReason.None ? reached
            : state.Epoch > settings.Epochs ? StopReason.Epochs
            : StopReason.None;
    }

    /// <summary>Returns the reason to end after the epochs so far.</summary>
    private StopReason AfterEpoch() =>
        Overfitting.Holds(run) ? StopReason.Overfit
        : state.Monitor.IsExhausted ? StopReason.Patience
        : StopReason.None;

    /// <summary>Validates and records an epoch; one that a limit has cut short is not what a checkpoint keeps.</summary>
    private bool Finish(bool isCut)
    {
        using var scope = NewDisposeScope();
        state.Average.AfterEpoch(state.Epoch, settings.Epochs);
        DatasetSplit? split = run.Dataset.Validation;
        state.Average.Swap();
        ValidationScore validation = ValidationScore.Of(run.Network, split, settings, context.Device, context.Stop);
        if (validation.IsFault)
        {
            throw new NonFiniteLossException(run, state.Epoch, state.Step, validation.Loss, "It is the loss of Validation.");
        }
        bool whole = split is null || validation.Count == split.Count;
        if (whole && state.Monitor.Add(Record(validation), run.Best))
        {
            state.Best.Take();
            run.Best = run.History[^1];
        }
        state.Average.Swap();
        if (!whole)
        {
            return false; // stopped half way: a figure from part of the split would mislead
        }
        EpochRecord record = run.History[^1];
        run.Elapsed = context.Elapsed;
        state.NextEpoch(context.Device);
        if (!isCut)
        {
            context.Save(CheckpointMoment.Epoch);
        }
        context.Warnings.AfterEpoch(state.BatchSize);
        context.Callback.OnEpoch(run, record);
        return true;
    }

    private EpochRecord Record(ValidationScore validation)
    {
        StepTimes times = state.Times;
        (float[] norms, int measured) = times.Norms;
        var record = new EpochRecord(
            state.Epoch,
            state.Meter.Loss,
            state.Meter.Accuracy,
            validation.Loss,
            validation.Accuracy,
            state.Optimizer.LearningRate,
            state.Meter.Count / state.EpochTime.TotalSeconds,
            context.Elapsed
        )
        {
            DecayLoss = state.Optimizer.DecayLoss,
            GradientNorm = measured == 0 ? double.NaN : norms[0] / measured,
            DataTime = times.Data,
            ForwardTime = times.Forward,
            BackwardTime = times.Backward,
        };
        run.Add(record);
        run.LayerGradients = (LayerGradient[])
            [
                .. run.LayerGradients,
                .. ParameterLayers
                    .NamesOf(run.Network)
                    .Zip(norms.Skip(1), (layer, sum) => new LayerGradient(state.Epoch, layer, sum / measured)),
            ];
        return record;
    }
}
