using System.Diagnostics;
using ConvNetShell.Core.Training.Callbacks;
using ConvNetShell.Core.Training.Checkpoints;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Core.Training.Settings;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Training.Loop;

/// <summary>The objects that the loops over epochs and steps share, and the run's clock.</summary>
/// <param name="run">The run, its history filled where it is resumed.</param>
/// <param name="state">The state of the run, between two steps.</param>
/// <param name="device">The device it computes on.</param>
/// <param name="checkpoints">Saves it, or <see langword="null"/>.</param>
/// <param name="callback">Receives progress events.</param>
/// <param name="stop">Ends it after the present step.</param>
internal sealed class RunContext(
    TrainingRun run,
    TrainingState state,
    Device device,
    CheckpointWriter? checkpoints,
    ITrainingCallback callback,
    CancellationToken stop
)
{
    private readonly TimeSpan elapsedBefore = run.Elapsed;
    private readonly Stopwatch clock = new();

    /// <summary>Gets the run.</summary>
    public TrainingRun Run => run;

    /// <summary>Gets the state of the run.</summary>
    public TrainingState State => state;

    /// <summary>Gets the device.</summary>
    public Device Device => device;

    /// <summary>Gets the settings.</summary>
    public TrainingSettings Settings => run.Settings;

    /// <summary>Gets what saves the run, or <see langword="null"/>.</summary>
    public CheckpointWriter? Checkpoints => checkpoints;

    /// <summary>Gets the receiver of progress events.</summary>
    public ITrainingCallback Callback => callback;

    /// <summary>Gets the token that ends the run.</summary>
    public CancellationToken Stop => stop;

    /// <summary>Gets the warnings of the run.</summary>
    public RunWarnings Warnings { get; } = new(run, device, callback);

    /// <summary>Gets the time of the run, that before it was resumed included.</summary>
    public TimeSpan Elapsed => elapsedBefore + clock.Elapsed;

    /// <summary>Starts the clock.</summary>
    public void StartClock() => clock.Start();

    /// <summary>Saves the run where it is time for a checkpoint.</summary>
    /// <param name="moment">The moment.</param>
    public void Save(CheckpointMoment moment)
    {
        using var scope = NewDisposeScope();
        run.Elapsed = Elapsed;
        checkpoints?.Save(run, state, moment, callback.OnWarning);
    }
}
