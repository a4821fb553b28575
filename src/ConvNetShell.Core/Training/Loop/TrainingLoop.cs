using System.Diagnostics;
using ConvNetShell.Core.Data.Batches;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Inference;
using ConvNetShell.Core.Inference.Metrics;
using ConvNetShell.Core.Training.Callbacks;
using ConvNetShell.Core.Training.Checkpoints;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Core.Training.Settings;
using ConvNetShell.Display;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Training.Loop;

/// <summary>Runs epochs until something ends the run.</summary>
internal sealed class TrainingLoop : IDisposable
{
    private readonly TrainingRun run;
    private readonly Device device;
    private readonly ITrainingCallback callback;
    private readonly CancellationToken stop;
    private readonly TrainingSettings settings;
    private readonly ControlFollower control;
    private readonly CheckpointWriter? checkpoints;
    private readonly TimeSpan elapsedBefore;
    private readonly Stopwatch clock = new(),
        sinceStep = new();
    private readonly RunWarnings warnings;

    /// <param name="run">The run, its history filled where it is resumed.</param>
    /// <param name="state">Where it stands; disposed of with the loop.</param>
    /// <param name="device">Where it computes.</param>
    /// <param name="checkpoints">What saves it, or <see langword="null"/>.</param>
    /// <param name="callback">Receives the events.</param>
    /// <param name="stop">Ends it after the present step.</param>
    public TrainingLoop(
        TrainingRun run,
        TrainingState state,
        Device device,
        CheckpointWriter? checkpoints,
        ITrainingCallback callback,
        CancellationToken stop
    )
    {
        (this.run, State, this.device, this.checkpoints, this.callback, this.stop) = (run, state, device, checkpoints, callback, stop);
        settings = run.Settings;
        warnings = new RunWarnings(run, device, callback);
        control = new ControlFollower(run, state);
        elapsedBefore = run.Elapsed;
    }

    /// <summary>Gets where the run stands.</summary>
    public TrainingState State { get; }

    private TimeSpan Elapsed => elapsedBefore + clock.Elapsed;

    /// <summary>Runs to the end.</summary>
    public void Run()
    {
        bool hadInitialWeights = run.Network.HasInitialWeights;
        clock.Start();
        try
        {
            callback.OnBegin(run);
            run.StopReason = Epochs();
            run.Status = run.StopReason is StopReason.Interrupt or StopReason.Request ? RunStatus.Stopped : RunStatus.Completed;
            warnings.AfterRun();
        }
        catch
        {
            (run.Status, run.StopReason) = (RunStatus.Failed, StopReason.Error);
            throw;
        }
        finally
        {
            State.Optimizer.ClearGradients();
            bool keepLast = settings.KeepLast && run.Status != RunStatus.Failed;
            if (keepLast || run.Best is null && run.Status != RunStatus.Failed)
            {
                State.Average.Swap();
            }
            else
            {
                State.Best.Restore(); // before the first epoch ends these are the weights the run began with
                run.Network.HasInitialWeights = hadInitialWeights && run.Best is null;
            }
            run.Elapsed = Elapsed;
        }
    }

    /// <inheritdoc />
    public void Dispose() => State.Dispose();

    private StopReason Epochs()
    {
        Save(CheckpointMoment.Start);
        StopReason reached = Reached();
        if (reached != StopReason.None)
        {
            warnings.EndedBefore(reached, State); // a run that is resumed
            return reached;
        }
        while (State.Epoch <= settings.Epochs)
        {
            StopReason reason = RunEpoch();
            bool hasNotBegun = State.Step == 0 && reason is StopReason.MaxSteps or StopReason.MaxTime; // then there is nothing to record
            if (hasNotBegun || reason is StopReason.Interrupt or StopReason.Request || !Finish())
            {
                Save(CheckpointMoment.Stop);
                return reason == StopReason.None ? StopReason.Interrupt : reason;
            }
            reason =
                reason != StopReason.None ? reason
                : run.Control.IsStopRequested ? StopReason.Request
                : AfterEpoch();
            if (reason != StopReason.None)
            {
                Save(CheckpointMoment.Stop);
                return reason;
            }
        }
        return StopReason.Epochs;
    }

    /// <summary>Returns why a resumed run has ended already, or ends now by a changed setting.</summary>
    private StopReason Reached()
    {
        StopReason reached = State.Step == 0 ? AfterEpoch() : StopReason.None;
        return reached != StopReason.None ? reached
            : State.Epoch > settings.Epochs ? StopReason.Epochs
            : StopReason.None;
    }

    /// <summary>Returns the reason to end after the epochs so far.</summary>
    private StopReason AfterEpoch() =>
        Overfitting.Holds(run) ? StopReason.Overfit
        : State.Monitor.IsExhausted ? StopReason.Patience
        : StopReason.None;

    private StopReason RunEpoch()
    {
        using var scope = NewDisposeScope(); // the garbage collector may free tensors outside a scope while libtorch still reads them
        if (State.Step == 0)
        {
            control.BeforeEpoch();
        }
        var plan = new BatchPlan(run.Dataset.Train.Count, State.BatchSize);
        using var runner = new StepRunner(run, State, device, plan.LargestBatch);
        int[] order = plan.Order();
        State.Order.State = State.OrderAtStart;
        State.Order.Shuffle(order);
        TimeSpan began = clock.Elapsed - State.EpochTime;
        while (State.Step < plan.Steps)
        {
            run.Control.WaitWhilePaused(stop);
            StopReason reason = Reason();
            if (reason != StopReason.None)
            {
                return reason;
            }
            control.BeforeStep(State.Epoch - 1 + (double)State.Step / plan.Steps);
            runner.Step(plan.Batch(order, State.Step), isLast: State.Step == plan.Steps - 1);
            run.Network.HasInitialWeights = false;
            State.Step++;
            State.TotalSteps++;
            State.EpochTime = clock.Elapsed - began;
            AfterStep(plan, runner);
        }
        return StopReason.None;
    }

    private StopReason Reason() =>
        stop.IsCancellationRequested ? StopReason.Interrupt
        : run.Control.IsStopRequested ? StopReason.Request
        : settings.MaxTime is TimeSpan most && Elapsed >= most ? StopReason.MaxTime
        : settings.MaxSteps > 0 && State.TotalSteps >= settings.MaxSteps ? StopReason.MaxSteps
        : StopReason.None;

    private void AfterStep(BatchPlan plan, StepRunner runner)
    {
        checkpoints?.NoteStep(State);
        bool due = State.Step == 1 || State.Step == plan.Steps || !sinceStep.IsRunning || sinceStep.Elapsed >= callback.StepInterval;
        if (due)
        {
            sinceStep.Restart();
            double loss = State.Meter.Loss;
            if (!double.IsFinite(loss))
            {
                throw new NonFiniteLossException(run, State.Epoch, State.Step, loss, NonFiniteFinder.Describe(run.Network, null));
            }
            if (State.TotalSteps == 1)
            {
                warnings.AfterFirstStep(loss);
            }
            callback.OnStep(Progress(plan, loss));
        }
        if (checkpoints?.IsStepDue(State) == true && runner.IsBetweenSteps)
        {
            Save(CheckpointMoment.Step);
        }
    }

    private bool Finish()
    {
        using var scope = NewDisposeScope();
        State.Average.AfterEpoch(State.Epoch, settings.Epochs);
        DatasetSplit? split = run.Dataset.Validation;
        State.Average.Swap();
        using LossAccumulator validation = split is null ? new LossAccumulator() : Evaluator.Loss(run.Network, split, device, stop);
        bool whole = split is null || validation.Count == split.Count;
        if (whole && State.Monitor.Add(Record(validation), run.Best))
        {
            State.Best.Take();
            run.Best = run.History[^1];
        }
        State.Average.Swap();
        if (!whole)
        {
            return false; // stopped half way: a figure from part of the split would mislead
        }
        EpochRecord record = run.History[^1];
        run.Elapsed = Elapsed;
        State.NextEpoch(device);
        Save(CheckpointMoment.Epoch);
        warnings.AfterEpoch(State.BatchSize);
        callback.OnEpoch(run, record);
        return true;
    }

    private EpochRecord Record(LossAccumulator validation)
    {
        StepTimes times = State.Times;
        var record = new EpochRecord(
            State.Epoch,
            State.Meter.Loss,
            State.Meter.Accuracy,
            validation.Loss,
            validation.Accuracy,
            State.Optimizer.LearningRate,
            State.Meter.Count / State.EpochTime.TotalSeconds,
            Elapsed
        )
        {
            DecayLoss = State.Optimizer.DecayLoss,
            GradientNorm = times.GradientNorm,
            DataTime = times.Data,
            ForwardTime = times.Forward,
            BackwardTime = times.Backward,
        };
        run.Add(record);
        return record;
    }

    private void Save(CheckpointMoment moment)
    {
        using var scope = NewDisposeScope();
        run.Elapsed = Elapsed;
        checkpoints?.Save(run, State, moment, callback.OnWarning);
    }

    private StepProgress Progress(BatchPlan plan, double loss)
    {
        double done = (State.Epoch - 1 + (double)State.Step / plan.Steps) / settings.Epochs;
        return new StepProgress(
            State.Epoch,
            settings.Epochs,
            State.Step,
            plan.Steps,
            loss,
            State.Meter.Accuracy,
            State.Meter.Count / State.EpochTime.TotalSeconds,
            Elapsed * ((1 - done) / done)
        );
    }
}
