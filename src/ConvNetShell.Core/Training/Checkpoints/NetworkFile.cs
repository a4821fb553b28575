using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Training.Settings;

namespace ConvNetShell.Core.Training.Checkpoints;

/// <summary>A network alone in a file: a checkpoint of a run that has not begun, without an optimizer.</summary>
public static class NetworkFile
{
    /// <summary>Writes a network with its weights, classes and normalization.</summary>
    /// <param name="path">The file; replaced as a whole.</param>
    /// <param name="network">The network.</param>
    /// <exception cref="StorageException">It cannot be written.</exception>
    public static void Write(string path, Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        ChannelStatistics input = network.InputStatistics;
        var random = new SeededRandom(0);
        var header = new CheckpointHeader
        {
            Versions = new Dictionary<string, string>(StringComparer.Ordinal),
            Started = DateTimeOffset.Now,
            NetworkName = network.Name,
            Preset = network.Preset,
            InputShape = network.InputShape.ToArray(),
            Layers = [.. network.Layers.Select(layer => StoredLayers.Write(layer.Spec))],
            NetworkSeed = network.Seed,
            HasInitialWeights = network.HasInitialWeights,
            HasNormalization = network.Normalization is not null,
            Classes = [.. network.Classes],
            Mean = input.Mean,
            StandardDeviation = input.StandardDeviation,
            Dataset = string.Empty,
            DatasetSource = string.Empty,
            DatasetHash = string.Empty,
            Settings = new TrainingSettings(),
            Device = string.Empty,
            Elapsed = TimeSpan.Zero,
            History = [],
            Changes = [],
            LayerGradients = [],
            NormSums = [],
            Epoch = 1,
            Step = 0,
            TotalSteps = 0,
            BatchSize = 1,
            MaxLearningRate = 1,
            Momentum = 0,
            WeightDecay = 0,
            Order = random.State,
            Draws = random.State,
            OptimizerSteps = 0,
            AverageCount = 0,
            Since = 0,
            SinceStep = 0,
            Factor = 1,
            LossSum = 0,
            Correct = 0,
            Count = 0,
            EpochTime = TimeSpan.Zero,
            StepHashes = [],
            Tensors = [],
        };
        CheckpointFile.Write(path, header, [.. network.State.Select(tensor => (StateTensors.Weights + tensor.Name, tensor.Value))]);
    }

    /// <summary>Reads a network; of a checkpoint, the one with the weights of the best epoch.</summary>
    /// <param name="path">A file of <see cref="Write"/>, a checkpoint, or a folder of them.</param>
    /// <returns>The network, on the CPU.</returns>
    /// <exception cref="CheckpointException">There is none, or it is damaged.</exception>
    public static Network Read(string path) => Checkpoint.Read(path).ReadNetwork();
}
