using System.Globalization;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Download;
using ConvNetShell.Core.Data.Formats;
using ConvNetShell.Core.Data.Images;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Networks.Storage;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Training.Checkpoints;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Core.Training.Settings;
using ConvNetShell.Display.Mime;
using ConvNetShell.Display.Records.Training;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Core.Training.Storage;

/// <summary>A run that is kept in a folder. It can be used wherever a run can; its network is read when it is asked for.</summary>
[TypeFormatterSource(MimeBundle.Html, MimeBundle.Png, MimeBundle.PlainText)]
public sealed class StoredRun : IFigureSource
{
    private readonly RunFolder folder;
    private readonly RunSummary summary;
    private readonly Lazy<RunRecord> record;
    private readonly Lazy<TrainingRun> run;

    internal StoredRun(RunFolder folder, RunSummary summary)
    {
        this.folder = folder;
        this.summary = summary;
        record = new Lazy<RunRecord>(folder.Read);
        run = new Lazy<TrainingRun>(Load);
    }

    /// <summary>Gets the identifier, which is the folder's name.</summary>
    public string Id => folder.Id;

    /// <summary>Gets the run's name.</summary>
    public string Name => summary.Name;

    /// <summary>Gets the name of the network.</summary>
    public string NetworkName => summary.Network;

    /// <summary>Gets the name of the dataset.</summary>
    public string DatasetName => summary.Dataset;

    /// <summary>Gets how far the run came; Interrupted where its process ended without a word.</summary>
    public RunStatus Status => summary.Status == RunStatus.Running && !IsAlive() ? RunStatus.Interrupted : summary.Status;

    /// <summary>Gets the number of finished epochs.</summary>
    public int Epochs => summary.Epochs;

    /// <summary>Gets the number of epochs the run was to have.</summary>
    public int EpochLimit => summary.EpochLimit;

    /// <summary>Gets the best epoch's number; 0 where none has ended.</summary>
    public int BestEpoch => summary.BestEpoch;

    /// <summary>Gets the validation accuracy of the best epoch, from 0 to 1; not a number where there is none.</summary>
    public double BestAccuracy => summary.BestAccuracy;

    /// <summary>Gets the validation loss of the best epoch; not a number where there is none.</summary>
    public double BestLoss => summary.BestLoss;

    /// <summary>Gets how long it took so far.</summary>
    public TimeSpan Elapsed => summary.Elapsed;

    /// <summary>Gets when it began.</summary>
    public DateTimeOffset Started => summary.Started;

    /// <summary>Gets the seed.</summary>
    public int Seed => summary.Seed;

    /// <summary>Gets the user's note.</summary>
    public string Note => summary.Note;

    /// <summary>Gets the user's tags, with commas.</summary>
    public string Tag => string.Join(", ", summary.Tags);

    /// <summary>Gets the folder.</summary>
    public string Folder => folder.Path;

    /// <summary>Gets all that run.json says.</summary>
    internal RunRecord Record => record.Value;

    /// <summary>Gets the settings, as they were used.</summary>
    public TrainingSettings Settings => Record.Settings;

    /// <summary>Gets the best epoch, or <see langword="null"/>.</summary>
    public EpochRecord? Best => Record.Best;

    /// <summary>Gets the epochs.</summary>
    public IReadOnlyList<EpochRecord> History => new RecordList<EpochRecord>([.. folder.ReadHistory()], "epoch");

    /// <summary>Gets the mean length of the gradients of each layer with weights in each epoch.</summary>
    public IReadOnlyList<LayerGradient> LayerGradients => new RecordList<LayerGradient>([.. folder.ReadGradients()], "gradient");

    /// <summary>Gets the learning rate of each step.</summary>
    public IReadOnlyList<StepLearningRate> LearningRates =>
        new RecordList<StepLearningRate>([.. StepRates.ToRecords(folder.ReadRates())], "step");

    /// <summary>Gets the network with its final weights; those of the latest checkpoint where the run has not ended.</summary>
    public Network Network => ToRun().Network;

    /// <summary>Returns whether one of the tags is wanted.</summary>
    /// <param name="isWanted">Says it of a tag.</param>
    /// <returns>Whether one is.</returns>
    public bool HasTag(Func<string, bool> isWanted) => summary.Tags.Any(isWanted);

    /// <summary>Returns all that run.json says.</summary>
    /// <returns>The record.</returns>
    internal RunRecord ReadRecord() => Record;

    /// <summary>Returns the run with its network; the dataset is read when it is asked for.</summary>
    /// <returns>The run; each call returns the same one.</returns>
    /// <exception cref="CheckpointException">It has neither a final network nor a checkpoint.</exception>
    /// <exception cref="NetworkFileException">Its final network is damaged.</exception>
    public TrainingRun ToRun() => run.Value;

    /// <summary>Says the network, the dataset, the status and the best epoch.</summary>
    /// <returns>For example <c>CIFAR10 on Shapes: Completed, best epoch 10 with 95.4 % validation accuracy, 12.3 s</c>.</returns>
    public override string ToString()
    {
        string best =
            BestEpoch == 0
                ? "no epoch finished"
                : string.Create(CultureInfo.InvariantCulture, $"best epoch {BestEpoch} with {100 * BestAccuracy:F1} % validation accuracy");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{NetworkName} on {DatasetName}: {Status}, {best}, {Elapsed.TotalSeconds:F1} s"
        );
    }

    /// <inheritdoc/>
    object IFigureSource.ToFigure() => new HistoryChart($"{NetworkName} on {DatasetName}", History, BestEpoch == 0 ? null : BestEpoch);

    private bool IsAlive() => folder.Read().Process.IsAlive() ?? Heartbeat.IsFresh(folder.HeartbeatPath);

    private TrainingRun Load()
    {
        RunRecord stored = Record;
        Network network = File.Exists(folder.NetworkPath)
            ? NetworkFile.Read(folder.NetworkPath)
            : Checkpoint.ReadNetwork(CheckpointPath(stored));
        var loaded = new TrainingRun(network, new Lazy<Dataset>(ReadDataset), stored.Settings, stored.Device, stored.Name)
        {
            Versions = stored.Versions,
            Started = stored.Started,
            StartedFrom = stored.StartedFrom,
            Status = Status,
            StopReason = stored.StopReason,
            Elapsed = stored.Elapsed,
            Folder = folder.Path,
            Checkpoint = folder.HasCheckpoint ? CheckpointFolder.Files(folder.CheckpointPath).First() : null,
        };
        foreach (EpochRecord epoch in History)
        {
            loaded.Add(epoch);
        }
        loaded.LayerGradients = folder.ReadGradients();
        loaded.Rates.Restore(folder.ReadRates());
        foreach (SettingChange change in stored.Changes)
        {
            loaded.Add(change);
        }
        loaded.Best = loaded.History.FirstOrDefault(epoch => epoch.Epoch == BestEpoch);
        return loaded;
    }

    private string CheckpointPath(RunRecord stored) =>
        stored.Settings.Checkpoints is { } wanted && !folder.HasCheckpoint ? wanted.Path : folder.CheckpointPath;

    private Dataset ReadDataset()
    {
        RunRecord stored = Record;
        bool isKnown = KnownDatasets.Find(stored.Dataset) is not null;
        Dataset data =
            isKnown || Path.Exists(stored.DatasetSource) || DatasetReader.IsShardPattern(stored.DatasetSource)
                ? DatasetReader.Read(
                    isKnown ? stored.Dataset : stored.DatasetSource,
                    new ReadOptions { Stream = DatasetHash.IsOfStream(stored.DatasetHash) }
                )
                : throw NoData($"no dataset at {stored.DatasetSource}");
        Dataset fitted = DatasetFit.ToHash(data, Shape.Parse(stored.InputShape.Replace('x', ',')), stored.DatasetHash);
        return fitted.Hash() == stored.DatasetHash ? fitted : throw NoData("other images or labels");
    }

    private CheckpointException NoData(string received) =>
        new(
            "Checkpoint.DataNotFound",
            folder.Path,
            $"expected the dataset {DatasetName} as the run used it. Received: {received}. Name the dataset with -Dataset."
        );
}
