using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Training.Callbacks;
using ConvNetShell.Core.Training.Checkpoints;
using ConvNetShell.Core.Training.Loop;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Core.Training.Settings;
using ConvNetShell.Core.Training.Storage;

namespace ConvNetShell.Cmdlets.Session;

/// <summary>Decides where a run is kept, and continues the run of a sweep's trial that was interrupted.</summary>
/// <param name="runPath">The folder of runs, or <see langword="null"/>.</param>
/// <param name="trial">The trial of a sweep, or <see langword="null"/>.</param>
internal sealed class TrainingRunKeeper(string? runPath, TrialContext? trial)
{
    /// <summary>Returns a recipe to which settings of checkpoints can be applied without their folder.</summary>
    public TrainingSettings Begin(TrainingSettings recipe) =>
        runPath is null && trial is null ? recipe : recipe with { Checkpoints = new CheckpointSettings { Path = string.Empty } };

    /// <summary>Returns settings with the seed and threads of the trial, where the user gave none.</summary>
    public TrainingSettings Prepare(TrainingSettings settings, Func<string, bool> isGiven) =>
        trial is null
            ? settings
            : settings with
            {
                Seed = isGiven(nameof(TrainingSettings.Seed)) ? settings.Seed : trial.Seed,
                Threads = isGiven(nameof(TrainingSettings.Threads)) ? settings.Threads : trial.Threads,
            };

    /// <summary>Trains, and keeps the run where that is wanted.</summary>
    public TrainingRun Train(
        Network network,
        Dataset data,
        TrainingSettings settings,
        ITrainingCallback callback,
        CancellationToken stop,
        Func<TrainingSettings, ITrainingCallback, TrainingRun> train
    )
    {
        if (trial is null && runPath is null)
        {
            return train(settings, callback);
        }
        RunFolder folder = trial?.NextRun() ?? RunFolder.Create(runPath!);
        ITrainingCallback watched = trial?.Watch(callback) ?? callback;
        return RunRecorder.Keep(
            folder,
            watched,
            recorder =>
                trial is not null && folder.HasCheckpoint
                    ? Trainer.Resume(
                        Checkpoint.Read(folder.CheckpointPath, watched.OnWarning),
                        data,
                        new ResumeOptions { Network = network },
                        recorder,
                        stop
                    )
                    : train(RunRecorder.WithCheckpoints(settings, folder), recorder)
        );
    }
}
