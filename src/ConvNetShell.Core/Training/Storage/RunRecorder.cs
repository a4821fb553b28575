using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Networks.Storage;
using ConvNetShell.Core.Training.Callbacks;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Core.Training.Settings;
using ConvNetShell.Display.Records.Training;

namespace ConvNetShell.Core.Training.Storage;

/// <summary>
/// Keeps a run in a folder while it is trained: run.json and history.jsonl with each epoch, a heartbeat, and the final network. What
/// cannot be written later on is a warning; training continues.
/// </summary>
public sealed class RunRecorder : ITrainingCallback
{
    private readonly RunFolder folder;
    private readonly ITrainingCallback? inner;
    private readonly IReadOnlyList<string> tags;
    private RunRecord? record;
    private Heartbeat? heartbeat;

    private RunRecorder(RunFolder folder, ITrainingCallback? inner, IReadOnlyList<string> tags) =>
        (this.folder, this.inner, this.tags) = (folder, inner, tags);

    /// <inheritdoc />
    public TimeSpan StepInterval => inner?.StepInterval ?? TimeSpan.MaxValue;

    /// <summary>Returns settings with checkpoints in a run's folder, unless they are wanted in another.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="folder">The folder.</param>
    /// <returns>The settings.</returns>
    public static TrainingSettings WithCheckpoints(TrainingSettings settings, RunFolder folder)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(folder);
        return settings.Checkpoints switch
        {
            null => settings with { Checkpoints = new() { Path = folder.CheckpointPath } },
            { Path: "" } own => settings with { Checkpoints = own with { Path = folder.CheckpointPath } },
            _ => settings,
        };
    }

    /// <summary>Trains and keeps the run.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="inner">Receives the events too, or <see langword="null"/>.</param>
    /// <param name="train">Trains.</param>
    /// <param name="tags">Tags of a new run.</param>
    /// <returns>The run.</returns>
    /// <exception cref="StorageException">The folder cannot be written.</exception>
    public static TrainingRun Keep(
        RunFolder folder,
        ITrainingCallback? inner,
        Func<ITrainingCallback, TrainingRun> train,
        IReadOnlyList<string>? tags = null
    )
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(train);
        folder.Make();
        var recorder = new RunRecorder(folder, inner, tags ?? []);
        try
        {
            TrainingRun run = train(recorder);
            recorder.Finish(run);
            return run;
        }
        catch (Exception error)
        {
            recorder.Fail(error);
            throw;
        }
        finally
        {
            recorder.heartbeat?.Dispose();
        }
    }

    /// <inheritdoc />
    public void OnBegin(TrainingRun run)
    {
        inner?.OnBegin(run); // the session numbers the run, which its name may have
        try
        {
            bool isNew = !File.Exists(folder.RecordPath);
            RunRecord begun = RunRecord.Of(folder.Id, run).Updated(run);
            record = isNew
                ? begun with
                {
                    Tags = tags,
                }
                : folder.Read() with
                {
                    Status = begun.Status,
                    StopReason = begun.StopReason,
                    Process = begun.Process,
                    Settings = begun.Settings,
                    Error = null,
                };
            heartbeat = new Heartbeat(folder.HeartbeatPath);
            folder.WriteHistory(run.History);
            folder.Write(record);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StorageException("Storage.Unwritable", folder.Path, $"the run could not be written: {error.Message}", error);
        }
        run.Folder = folder.Path;
    }

    /// <inheritdoc />
    public void OnStep(in StepProgress progress) => inner?.OnStep(progress);

    /// <inheritdoc />
    public void OnEpoch(TrainingRun run, EpochRecord epoch)
    {
        Attempt(() =>
        {
            folder.Append(epoch);
            Save(record!.Updated(run));
        });
        inner?.OnEpoch(run, epoch);
    }

    /// <inheritdoc />
    public void OnWarning(string text) => inner?.OnWarning(text);

    private void Finish(TrainingRun run) =>
        Attempt(() =>
        {
            NetworkFile.Write(folder.NetworkPath, run.Network);
            Save(record!.Updated(run));
        });

    private void Fail(Exception error)
    {
        if (record is not null)
        {
            Attempt(() =>
                Save(
                    record with
                    {
                        Status = error is NonFiniteLossException ? RunStatus.Diverged : RunStatus.Failed,
                        StopReason = StopReason.Error,
                        Error = error.Message,
                        Epochs = folder.ReadHistory().Count,
                    }
                )
            );
        }
        else if (!File.Exists(folder.RecordPath) && Directory.Exists(folder.Path))
        {
            Directory.Delete(folder.Path, recursive: true); // it never began
        }
    }

    private void Save(RunRecord changed)
    {
        RunRecord stored = folder.Read(); // a note or tags may have been added meanwhile
        record = changed with { Note = stored.Note, Tags = stored.Tags };
        folder.Write(record);
    }

    private void Attempt(Action write)
    {
        try
        {
            write();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or StorageException)
        {
            inner?.OnWarning($"{folder.Path}: the run could not be written: {error.Message}");
        }
    }
}
