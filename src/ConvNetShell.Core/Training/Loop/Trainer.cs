using System.Globalization;
using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Compute.Native;
using ConvNetShell.Core.Data.Augmentations;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Networks.Editing;
using ConvNetShell.Core.Training.Callbacks;
using ConvNetShell.Core.Training.Checkpoints;
using ConvNetShell.Core.Training.Losses;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Core.Training.Schedules;
using ConvNetShell.Core.Training.Settings;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Training.Loop;

/// <summary>Trains networks. The work is done on a thread of its own; callbacks come on the thread that calls, which waits.</summary>
public static class Trainer
{
    /// <summary>
    /// Trains a network, which the run then owns. Start-Training gives it a copy; so does whoever wants to keep the network as it is.
    /// </summary>
    /// <param name="network">The network; its weights are changed in place. <see cref="Network.Copy"/> makes a copy.</param>
    /// <param name="dataset">The data; where it has no Validation split, part of Train is held out, stratified and seeded.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="callback">Receives the events of the run, or <see langword="null"/>.</param>
    /// <param name="stop">Ends the run after the present batch.</param>
    /// <param name="name">The run's name; default: the network's, with the run's number.</param>
    /// <param name="startedFrom">The run whose weights the network has, or <see langword="null"/>.</param>
    /// <returns>The run, Completed or Stopped, with the best weights in its network.</returns>
    /// <exception cref="ShapeMismatchException">The images or the number of classes do not fit the network.</exception>
    /// <exception cref="ClassMismatchException">The network has classes already, and others than the dataset's.</exception>
    /// <exception cref="InvalidSettingException">A setting does not fit the data or the machine.</exception>
    /// <exception cref="StorageException">The folder for checkpoints cannot be written, or has another run.</exception>
    /// <exception cref="NonFiniteLossException">The loss is no longer a number; the exception holds the run so far.</exception>
    public static TrainingRun Train(
        Network network,
        Dataset dataset,
        TrainingSettings settings,
        ITrainingCallback? callback = null,
        CancellationToken stop = default,
        string? name = null,
        RunReference? startedFrom = null
    )
    {
        (Dataset matched, TrainingSettings fitting) = Match(network, dataset, settings);
        (Dataset data, TrainingSettings used, Device device) = Check(network, matched, fitting);
        using CheckpointFolder? folder = settings.Checkpoints is { } wanted ? CheckpointFolder.Prepare(wanted, isNew: true) : null;
        bool isFirst = network.Normalization is null;
        network.Classes = TrainingClasses.After(network, data, used);
        network.Normalization = InputEditor.NormalizationFor(network, data.Train);
        network.Training = null;
        if (isFirst)
        {
            PatchWhitening.Start(network, data.Train);
        }
        network.MoveTo(device);
        if (settings.Threads > used.Threads)
        {
            callback?.OnWarning(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"-Threads {settings.Threads} is more than this machine's processors. {used.Threads} threads compute."
                )
            );
        }
        if (settings.BatchSize > used.BatchSize)
        {
            callback?.OnWarning(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"A batch has all {used.BatchSize} training images of {data.Name}, fewer than the {settings.BatchSize} of -BatchSize."
                )
            );
        }
        foreach (string text in used.OverfitBatches > 0 || !used.LearnsClasses ? [] : SplitWarnings.Of(data, data.Train, data.Validation))
        {
            callback?.OnWarning(text);
        }
        foreach (string text in CaptionCheck.Warnings(network, used, data))
        {
            callback?.OnWarning(text);
        }
        var run = new TrainingRun(network, data, dataset, used, device.ToString(), name)
        {
            IsFirstTraining = isFirst,
            StartedFrom = startedFrom,
        };
        return Go(run, device, folder, restore: null, callback, stop);
    }

    /// <summary>Goes on with a run from a checkpoint, as if it had never been interrupted.</summary>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <param name="dataset">The dataset of the run, as the user gave it then.</param>
    /// <param name="options">Settings to change on resume, and checks to skip.</param>
    /// <param name="callback">Receives the events of the run, or <see langword="null"/>.</param>
    /// <param name="stop">Ends the run after the present batch.</param>
    /// <returns>The run; its history begins with the earlier epochs.</returns>
    /// <exception cref="CheckpointException">The dataset or the network is not the one of the run.</exception>
    /// <exception cref="StorageException">The folder for checkpoints cannot be written, or another run writes into it.</exception>
    /// <exception cref="NonFiniteLossException">The loss is no longer a number; the exception holds the run so far.</exception>
    public static TrainingRun Resume(
        Checkpoint checkpoint,
        Dataset dataset,
        ResumeOptions? options = null,
        ITrainingCallback? callback = null,
        CancellationToken stop = default
    ) => Resume(checkpoint, dataset, options, callback, stop, isTrial: false);

    /// <summary>Goes on with a run; a trial writes no checkpoints.</summary>
    internal static TrainingRun Resume(
        Checkpoint checkpoint,
        Dataset dataset,
        ResumeOptions? options,
        ITrainingCallback? callback,
        CancellationToken stop,
        bool isTrial
    )
    {
        ResumeOptions wanted = options ?? new ResumeOptions();
        checkpoint.RequireDataset(dataset, wanted.Force);
        Network network = checkpoint.NetworkFor(wanted.Network);
        TrainingSettings settings = wanted.Apply(checkpoint.Settings); // its class weights have the order of the network's classes already
        bool isAsStored = !wanted.Force && settings == checkpoint.Settings;
        (Dataset data, TrainingSettings used, Device device) = isAsStored ? checkpoint.Fitting(Checked) : Checked();
        if (wanted.Epochs is { } epochs && epochs < checkpoint.Settings.Epochs && epochs >= checkpoint.Epoch)
        {
            callback?.OnWarning(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"-Epochs {epochs} ends a run of {checkpoint.Settings.Epochs} epochs early, and its schedule is shortened to them."
                )
            );
        }
        using CheckpointFolder? folder =
            used.Checkpoints is { } wantedFolder && !isTrial ? CheckpointFolder.Prepare(wantedFolder, isNew: false) : null;
        network.MoveTo(device);
        TrainingRun run = checkpoint.Run(network, data, dataset, used, device.ToString());
        return Go(run, device, folder, checkpoint, callback, stop);

        (Dataset, TrainingSettings, Device) Checked() =>
            Check(network, TrainingClasses.Match(network, dataset, settings.LearnsClasses), settings);
    }

    /// <summary>Returns a dataset and settings with the network's classes, in the network's order.</summary>
    internal static (Dataset Data, TrainingSettings Settings) Match(Network network, Dataset dataset, TrainingSettings settings)
    {
        TrainingCheck.ImagesFit(network, dataset);
        return (TrainingClasses.Match(network, dataset, settings.LearnsClasses), TrainingClasses.Match(network, dataset, settings));
    }

    /// <summary>Checks that a run can begin, and returns the data, the settings and the device as they will be used.</summary>
    internal static (Dataset Data, TrainingSettings Settings, Device Device) Check(
        Network network,
        Dataset dataset,
        TrainingSettings settings
    )
    {
        TrainingCheck.Fits(network, dataset, settings);
        LearningRateSchedule.Check(settings);
        TrainingCheck.WeightsFit(settings, dataset);
        Dataset data = TrainingData.For(dataset, settings);
        settings = settings with { BatchSize = Math.Min(settings.BatchSize, data.Train.Count) };
        TrainingCheck.BatchNormFits(network, settings, data);
        TrainingCheck.EmbeddingFits(settings, data);
        CaptionCheck.Fits(network, settings, data);
        Device device = ComputeDevice.Choose(settings.Device);
        using var threads = new ThreadLimit(settings.Threads);
        TrainingSettings used = settings with
        {
            Precision = ReducedPrecision.Choose(settings.Precision, network, device),
            Threads = threads.Count,
            Augmentation = settings.OverfitBatches > 0 ? Augmentation.None : settings.Augmentation,
        };
        used.Augmentation.CheckFits(data.InputShape);
        return (data, used, device);
    }

    /// <summary>
    /// Runs work on a thread made for training: see <see cref="MainArenaThread"/>; its events are raised on the calling thread.
    /// </summary>
    internal static T OnTrainingThread<T>(
        TrainingSettings settings,
        Device device,
        CancellationToken stop,
        Func<PipelineQueue, CancellationToken, T> work
    )
    {
        using var queue = new PipelineQueue();
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(stop);
        return queue.Run(
            () =>
                MainArenaThread.Run(() =>
                {
                    using var threads = new ThreadLimit(settings.Threads);
                    using var determinism = new Determinism(settings.Deterministic, device);
                    using var scope = NewDisposeScope();
                    return work(queue, cancel.Token);
                }),
            cancel.Cancel
        );
    }

    private static TrainingRun Go(
        TrainingRun run,
        Device device,
        CheckpointFolder? folder,
        Checkpoint? restore,
        ITrainingCallback? callback,
        CancellationToken stop
    )
    {
        try
        {
            TrainingRun done = Loop(run, device, folder, restore, callback, stop);
            done.Network.Training = TrainingSummaries.Of(done);
            return done;
        }
        finally
        {
            run.ReleaseData();
            run.Network.ReleaseDirect(); // what validation used: a session may keep hundreds of runs
        }
    }

    private static TrainingRun Loop(
        TrainingRun run,
        Device device,
        CheckpointFolder? folder,
        Checkpoint? restore,
        ITrainingCallback? callback,
        CancellationToken stop
    ) =>
        OnTrainingThread(
            run.Settings,
            device,
            stop,
            (queue, token) =>
            {
                CheckpointWriter? writer = folder is null ? null : new CheckpointWriter(folder, run);
                var state = new TrainingState(run.Network, run.Settings, device, run.Dataset.Train);
                using var loop = new TrainingLoop(new RunContext(run, state, device, writer, new CallerCallback(queue, callback), token));
                restore?.Restore(run, state);
                loop.Run();
                return run;
            }
        );
}
