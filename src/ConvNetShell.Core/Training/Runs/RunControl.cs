using System.Globalization;
using ConvNetShell.Core.Training.Settings;

namespace ConvNetShell.Core.Training.Runs;

/// <summary>
/// The handles of a run that is under way: pause, continue, stop, and other settings. From any thread; the run follows before its next
/// step (a batch size: with its next epoch) and notes each change.
/// </summary>
public sealed class RunControl
{
    private readonly Lock gate = new();
    private readonly ManualResetEventSlim going = new(initialState: true);
    private double learningRate,
        momentum,
        weightDecay;
    private int batchSize;
    private bool isStopRequested;

    internal RunControl(TrainingSettings settings) =>
        (learningRate, momentum, weightDecay, batchSize) = (
            settings.LearningRate,
            settings.Momentum,
            settings.WeightDecay,
            settings.BatchSize
        );

    /// <summary>Gets or sets the peak of the learning rate; its schedule goes on from where it is.</summary>
    public double LearningRate
    {
        get => Read(ref learningRate);
        set => Write(ref learningRate, new TrainingSettings { LearningRate = value }.LearningRate);
    }

    /// <summary>Gets or sets the momentum.</summary>
    public double Momentum
    {
        get => Read(ref momentum);
        set => Write(ref momentum, new TrainingSettings { Momentum = value }.Momentum);
    }

    /// <summary>Gets or sets the weight decay.</summary>
    public double WeightDecay
    {
        get => Read(ref weightDecay);
        set => Write(ref weightDecay, new TrainingSettings { WeightDecay = value }.WeightDecay);
    }

    /// <summary>Gets or sets the images in a step, from the next epoch on.</summary>
    public int BatchSize
    {
        get => Read(ref batchSize);
        set => Write(ref batchSize, new TrainingSettings { BatchSize = value }.BatchSize);
    }

    /// <summary>Gets a value indicating whether the run is held.</summary>
    public bool IsPaused => !going.IsSet;

    /// <summary>Gets a value indicating whether the run was asked to end.</summary>
    public bool IsStopRequested => Read(ref isStopRequested);

    /// <summary>
    /// Gets or sets a value indicating whether an epoch ends early where another batch size was asked for, so that the next batch has it.
    /// </summary>
    internal bool CutsEpochs { get; set; }

    /// <summary>Says the settings, and whether the run is held or was asked to end.</summary>
    /// <returns>For example <c>learning rate 0.02, momentum 0.9, weight decay 0.0005, batch 64</c>.</returns>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"learning rate {LearningRate:G4}, momentum {Momentum:G4}, weight decay {WeightDecay:G4}, batch {BatchSize}"
        )
        + (
            IsStopRequested ? ", asked to end"
            : IsPaused ? ", held"
            : string.Empty
        );

    /// <summary>Holds the run after the present step. A run that was asked to end is not held.</summary>
    public void Pause()
    {
        lock (gate)
        {
            if (!isStopRequested)
            {
                going.Reset();
            }
        }
    }

    /// <summary>Lets a held run go on.</summary>
    public void Continue()
    {
        lock (gate)
        {
            going.Set();
        }
    }

    /// <summary>Ends the run after the current step; it keeps its best weights.</summary>
    public void Stop()
    {
        lock (gate)
        {
            isStopRequested = true;
            going.Set();
        }
    }

    /// <summary>Makes a change that another run made.</summary>
    internal void Apply(SettingChange change)
    {
        switch (change.Setting)
        {
            case nameof(LearningRate):
                LearningRate = change.To;
                break;
            case nameof(Momentum):
                Momentum = change.To;
                break;
            case nameof(WeightDecay):
                WeightDecay = change.To;
                break;
            case nameof(BatchSize):
                BatchSize = (int)change.To;
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(change), change.Setting, "not a setting of the control");
        }
    }

    /// <summary>Returns when the run may go on; <see cref="OperationCanceledException"/> never comes out of here.</summary>
    internal void WaitWhilePaused(CancellationToken stop)
    {
        if (going.IsSet)
        {
            return;
        }
        WaitHandle.WaitAny([going.WaitHandle, stop.WaitHandle]);
    }

    private T Read<T>(ref T value)
    {
        lock (gate)
        {
            return value;
        }
    }

    private void Write<T>(ref T value, T wanted)
    {
        lock (gate)
        {
            value = wanted;
        }
    }
}
