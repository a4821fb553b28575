using System.Security.Cryptography;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Networks.Storage;
using ConvNetShell.Core.Storage;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Core.Training.Settings;
using ConvNetShell.Display.Records.Training;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Training.Checkpoints;

/// <summary>Saves a run as it goes on.</summary>
internal sealed class CheckpointWriter
{
    private const int HashedSteps = 20;
    private const long MostHashedParameters = 5_000_000; // hashing more would be felt
    private readonly CheckpointFolder folder;
    private readonly TrainingRun run;
    private readonly string dataHash;
    private (int Epoch, int Step) saved; // nothing, at first: epochs count from 1

    public CheckpointWriter(CheckpointFolder folder, TrainingRun run)
    {
        (this.folder, this.run, dataHash) = (folder, run, run.SourceDataset.Hash());
        string? before = run.Checkpoint is null ? null : Path.GetDirectoryName(Path.GetFullPath(run.Checkpoint));
        if (before == Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder.Settings.Path)))
        {
            folder.Adopt(epoch => epoch >= 1 && epoch <= run.History.Count ? Quality(run.History[epoch - 1], run.Settings.Monitor) : null);
        }
    }

    /// <summary>Returns the hash of all weights: the first 16 digits of their SHA-256.</summary>
    public static string HashOf(Network network)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (NamedTensor tensor in network.State)
        {
            TensorBytes.Read(tensor.Value, (part, _) => hash.AppendData(part));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8));
    }

    /// <summary>Returns whether the settings ask for a checkpoint after this step.</summary>
    public bool IsStepDue(TrainingState state) => folder.Settings.EverySteps > 0 && state.TotalSteps % folder.Settings.EverySteps == 0;

    /// <summary>Takes note of the weights after each of the first steps, for a later check that the run can be reproduced.</summary>
    public void NoteStep(TrainingState state)
    {
        if (
            state.StepHashes.Count == state.TotalSteps - 1
            && state.TotalSteps <= HashedSteps
            && run.Network.ParameterCount <= MostHashedParameters
        )
        {
            state.StepHashes.Add(HashOf(run.Network));
        }
    }

    /// <summary>Saves the run if it is time; where that fails, training goes on and says so.</summary>
    public void Save(TrainingRun current, TrainingState state, CheckpointMoment moment, Action<string> warn)
    {
        bool isResumed = moment == CheckpointMoment.Start && state.TotalSteps > 0;
        bool isLast = state.Epoch > run.Settings.Epochs;
        bool isSkipped = moment == CheckpointMoment.Epoch && !isLast && (state.Epoch - 1) % folder.Settings.Every != 0;
        bool isSaved = moment == CheckpointMoment.Stop && saved == (state.Epoch, state.Step);
        if (isResumed || isSkipped || isSaved)
        {
            return;
        }
        string file = folder.FileFor(moment, moment == CheckpointMoment.Epoch ? state.Epoch - 1 : state.Epoch, state.TotalSteps);
        try
        {
            folder.Renew();
            using Tensor dropout = state.Dropout.get_state(),
                rates = tensor(current.Rates.Values);
            CheckpointFile.Write(
                file,
                Header(current, state),
                [.. StateTensors.Of(run.Network, state), (StateTensors.Rates, rates), ("dropout", dropout)]
            );
            current.Checkpoint = file;
            saved = (state.Epoch, state.Step);
            if (moment != CheckpointMoment.Start)
            {
                folder.Add(file, moment == CheckpointMoment.Epoch ? Quality(current.History[^1], run.Settings.Monitor) : null);
            }
        }
        catch (Exception error) when (error is StorageException or IOException or UnauthorizedAccessException)
        {
            current.Checkpoint = File.Exists(current.Checkpoint) ? current.Checkpoint : null;
            warn($"{error.Message} Training continues; {Latest(current.Checkpoint)}.");
        }
    }

    private static string Latest(string? file) => file is null ? "it has no checkpoint" : $"{file} is the latest checkpoint";

    /// <summary>Returns the score of an epoch, larger is better; the second number breaks ties.</summary>
    private static (double First, double Second) Quality(EpochRecord epoch, MonitorKind monitor) =>
        monitor switch
        {
            MonitorKind.TrainAccuracy => (epoch.TrainAccuracy, 0),
            MonitorKind.TrainLoss => (-epoch.TrainLoss, 0),
            _ when double.IsNaN(epoch.ValidationLoss) => (epoch.Epoch, 0),
            MonitorKind.ValidationLoss => (-epoch.ValidationLoss, 0),
            _ => (epoch.ValidationAccuracy, -epoch.ValidationLoss),
        };

    private CheckpointHeader Header(TrainingRun current, TrainingState state)
    {
        Network network = current.Network;
        (double lossSum, double correct) = state.Meter.Read();
        (float[] norms, int normCount) = state.Times.Norms;
        return new CheckpointHeader
        {
            Versions = current.Versions,
            Started = current.Started,
            Name = current.GivenName,
            StartedFrom = current.StartedFrom,
            Network = NetworkDocument.Of(network) with { HasInitialWeights = false },
            Dataset = current.SourceDataset.Name,
            DatasetSource = current.SourceDataset.Source,
            DatasetHash = dataHash,
            Settings = current.Settings,
            Device = current.Device,
            Elapsed = current.Elapsed,
            History = [.. current.History],
            Changes = [.. current.Changes],
            LayerGradients = [.. current.LayerGradients],
            BestEpoch = current.Best?.Epoch,
            Epoch = state.Epoch,
            Step = state.Step,
            TotalSteps = state.TotalSteps,
            BatchSize = state.BatchSize,
            MaxLearningRate = state.MaxLearningRate,
            Momentum = state.Optimizer.Momentum,
            WeightDecay = state.Optimizer.WeightDecay,
            Order = state.OrderAtStart,
            Draws = state.Draws.State,
            OptimizerSteps = state.Optimizer.Steps,
            AverageCount = state.Average.Count,
            Since = state.Monitor.Since,
            SinceStep = state.Monitor.SinceStep,
            Factor = state.Monitor.Factor,
            LossSum = lossSum,
            Correct = correct,
            Count = state.Meter.Count,
            EpochTime = state.EpochTime,
            Gathered = state.Gathered,
            LearningRate = state.Optimizer.LearningRate,
            AverageEpoch = state.Average.Epoch,
            NextBatchSize = current.Control.BatchSize,
            NormSums = norms,
            NormCount = normCount,
            DataTime = state.Times.Data,
            ForwardTime = state.Times.Forward,
            BackwardTime = state.Times.Backward,
            StepHashes = [.. state.StepHashes],
        };
    }
}
