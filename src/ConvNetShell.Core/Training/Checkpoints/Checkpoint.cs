using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Images;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Spec;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Networks.Storage;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Core.Training.Settings;
using ConvNetShell.Display.Records.Training;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Training.Checkpoints;

/// <summary>
/// A saved run: weights, optimizer, random streams, history and settings, as they were between two steps. Its file is open until a run
/// resumes from it, which it can do once, or until it is disposed of.
/// </summary>
public sealed class Checkpoint : IDisposable
{
    private readonly StoredTensors tensors;

    private Checkpoint(string path)
    {
        Path = path;
        (Header, tensors) = CheckpointFile.Read(path);
    }

    /// <summary>Gets the file.</summary>
    public string Path { get; }

    /// <summary>Gets the name of the network.</summary>
    public string NetworkName => Header.Network.Name;

    /// <summary>Gets the name of the dataset the run used.</summary>
    public string Dataset => Header.Dataset;

    /// <summary>Gets where that dataset was read from.</summary>
    public string DatasetSource => Header.DatasetSource;

    /// <summary>Gets the settings of the run, with this file's folder for further checkpoints.</summary>
    public TrainingSettings Settings =>
        Header.Settings with
        {
            Checkpoints = Header.Settings.Checkpoints is { } wanted ? wanted with { Path = System.IO.Path.GetDirectoryName(Path)! } : null,
        };

    /// <summary>Gets the epoch under way, from 1.</summary>
    public int Epoch => Header.Epoch;

    /// <summary>Gets the steps done.</summary>
    public long TotalSteps => Header.TotalSteps;

    internal CheckpointHeader Header { get; }

    /// <summary>Reads a checkpoint and checks all of it.</summary>
    /// <param name="path">A file, or a folder: then the latest that is whole.</param>
    /// <param name="warn">Receives a warning about each damaged one that is skipped.</param>
    /// <returns>The checkpoint.</returns>
    /// <exception cref="CheckpointException">There is none, or it is damaged.</exception>
    public static Checkpoint Read(string path, Action<string>? warn = null)
    {
        if (!Directory.Exists(path))
        {
            return File.Exists(path)
                ? new Checkpoint(path)
                : throw new CheckpointException(
                    "Checkpoint.NotFound",
                    path,
                    "expected a checkpoint or a folder of them. Received: no file or folder of that name."
                );
        }
        foreach (string file in CheckpointFolder.Files(path))
        {
            try
            {
                return new Checkpoint(file);
            }
            catch (CheckpointException error)
            {
                warn?.Invoke(error.Message);
            }
        }
        throw new CheckpointException("Checkpoint.NotFound", path, "expected at least one complete checkpoint. Received: none.");
    }

    /// <summary>
    /// Returns a dataset as the run used it: in the size of the network's input where images of another size were read, as presets do
    /// with their own sets.
    /// </summary>
    /// <param name="dataset">The dataset as it was read.</param>
    /// <returns>The same dataset, or one of resized images.</returns>
    public Dataset Fit(Dataset dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        return DatasetFit.ToHash(dataset, new Shape(Header.Network.InputShape), Header.DatasetHash);
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => tensors.Dispose();

    /// <summary>Checks that a dataset is the one of the run.</summary>
    internal void RequireDataset(Dataset dataset, bool force)
    {
        string hash = dataset.Hash();
        if (hash != Header.DatasetHash && !force)
        {
            throw new CheckpointException(
                "Checkpoint.OtherData",
                Path,
                $"expected the dataset {Header.Dataset} as it was (hash {Header.DatasetHash}). Received: {dataset} (hash "
                    + $"{hash}). -Force resumes with it anyway."
            );
        }
    }

    /// <summary>Returns a network with the run's layers: a copy of the one given, if it has them, or a new one.</summary>
    internal Network NetworkFor(Network? given)
    {
        NetworkPlan plan = Fitting(Header.Network.Plan);
        if (plan.ParameterCount > tensors.Values(StateTensors.Weights))
        {
            throw Unknown("fewer weights than its layers have");
        }
        string spec = NetworkSpec.Write(plan.Layers.Select(layer => layer.Spec));
        if (given is not null && (given.Spec != spec || !HasOptions(given) || !given.InputShape.Equals(plan.InputShape)))
        {
            throw new CheckpointException(
                "Checkpoint.OtherNetwork",
                Path,
                $"expected a network of {plan.InputShape} -> {spec}. Received: {given.InputShape} -> {given.Spec}."
            );
        }
        if (given is null)
        {
            return Fitting(() => Header.Network.Create(plan));
        }
        Network network = given.Copy();
        Header.Network.Apply(network);
        return network;
    }

    /// <summary>
    /// Reads the network of a checkpoint, with the weights of the best epoch; where none has ended, with those of the file.
    /// </summary>
    /// <param name="path">A file, or a folder: then the latest that is whole.</param>
    /// <returns>The network, on the CPU.</returns>
    /// <exception cref="CheckpointException">There is none, or it is damaged.</exception>
    public static Network ReadNetwork(string path)
    {
        using Checkpoint checkpoint = Read(path);
        return checkpoint.ReadNetwork();
    }

    /// <summary>Returns a network of its own with the weights of the best epoch; where none has ended, with those of the file.</summary>
    internal Network ReadNetwork()
    {
        Network network = NetworkFor(given: null);
        bool isBest = Header.BestEpoch is not null && !Header.Settings.KeepLast;
        using (no_grad())
        {
            foreach (NamedTensor tensor in network.State)
            {
                tensors.Read((isBest ? StateTensors.Best : StateTensors.Weights) + tensor.Name, tensor.Value);
            }
        }
        return network;
    }

    private bool HasOptions(Network given) =>
        given.Layers.Zip(Header.Network.Layers).All(pair => StoredLayers.IsAlike(pair.First.Spec, pair.Second));

    /// <summary>Returns the run as far as it had come.</summary>
    internal TrainingRun Run(Network network, Dataset data, Dataset given, TrainingSettings settings, string device)
    {
        var run = new TrainingRun(network, data, given, settings, device, Header.Name)
        {
            Started = Header.Started,
            StartedFrom = Header.StartedFrom,
            Elapsed = Header.Elapsed,
            Checkpoint = Path,
            LayerGradients = Header.LayerGradients,
        };
        foreach (EpochRecord epoch in Header.History)
        {
            run.Add(epoch);
        }
        foreach (SettingChange change in Header.Changes)
        {
            run.Add(change);
        }
        run.Best = run.History.FirstOrDefault(epoch => epoch.Epoch == Header.BestEpoch);
        (run.Control.LearningRate, run.Control.Momentum, run.Control.WeightDecay, run.Control.BatchSize) = (
            Header.MaxLearningRate,
            Header.Momentum,
            Header.WeightDecay,
            Header.NextBatchSize ?? Header.BatchSize
        );
        return run;
    }

    /// <summary>Checks an action of a run's beginning whose errors can only come from what is stored.</summary>
    internal T Fitting<T>(Func<T> begin)
    {
        try
        {
            return begin();
        }
        catch (Exception error)
            when (error is ArgumentException or OverflowException || error is ConvNetException and not CheckpointException)
        {
            throw Unknown(error.Message, error);
        }
    }

    /// <summary>Restores the state of the run, or nothing where a part of it does not fit, and closes the file.</summary>
    internal void Restore(TrainingRun run, TrainingState state)
    {
        using (tensors)
        {
            new CheckpointRestorer(Header, tensors, received => Unknown(received)).Restore(run, state);
        }
    }

    private CheckpointException Unknown(string received, Exception? cause = null) =>
        new("Checkpoint.Unknown", Path, $"expected a run of this version of ConvNetShell. Received: {received}", cause);
}
