using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Networks.Editing;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Tests.Data;
using ConvNetShell.Core.Tests.Interop;
using ConvNetShell.Core.Training.Checkpoints;
using ConvNetShell.Core.Training.Loop;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Core.Training.Settings;
using ConvNetShell.Core.Understanding.Activations;

namespace ConvNetShell.Core.Tests.Training;

public sealed class FrozenLayerTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>Decay, momentum and averages move weights without a gradient too.</summary>
    [Theory]
    [InlineData(OptimizerKind.SGD, AverageKind.None)]
    [InlineData(OptimizerKind.AdamW, AverageKind.None)]
    [InlineData(OptimizerKind.Muon, AverageKind.None)]
    [InlineData(OptimizerKind.SGD, AverageKind.EMA)]
    public void Training_leaves_frozen_layers_as_they_are(OptimizerKind optimizer, AverageKind average)
    {
        using Network network = Frozen();
        IReadOnlyDictionary<string, byte[]> before = InteropData.Bytes(network);
        TrainingRun run = Trainer.Train(network, TinyData.Dataset(), Settings() with { Optimizer = optimizer, Average = average });
        IReadOnlyDictionary<string, byte[]> after = InteropData.Bytes(network);

        Assert.Equal(["conv1", "bn1", "res1"], run.Network.FrozenLayers);
        Assert.All(
            before,
            pair => Assert.Equal(!pair.Key.StartsWith("fc", StringComparison.Ordinal), pair.Value.AsSpan().SequenceEqual(after[pair.Key]))
        );
    }

    [Fact]
    public void A_frozen_first_layer_keeps_the_normalization_that_it_was_trained_with()
    {
        using Network network = NetworkEditor.Edit(
            TinyData.Network("conv3x3x4 relu fc3 softmax"),
            new NetworkEdit { Mean = [0.1, 0.2], StandardDeviation = [0.5] }
        );
        using Network free = network.Copy();
        NetworkEditor.Freeze(network, "conv1", isFrozen: true);
        Trainer.Train(network, TinyData.Dataset(), Settings());
        Trainer.Train(free, TinyData.Dataset(), Settings());

        Assert.Equal([0.1, 0.2], network.Normalization!.Mean);
        Assert.Equal([0.5, 0.5], network.Normalization.StandardDeviation);
        Assert.NotEqual([0.1, 0.2], free.Normalization!.Mean);
    }

    [Theory]
    [InlineData(OptimizerKind.AdamW)]
    [InlineData(OptimizerKind.SGD)]
    public void Training_leaves_a_frozen_layer_within_a_block_as_it_is(OptimizerKind optimizer)
    {
        using Network network = TinyData.Network("conv3x3x4 relu res(conv3x3x4-nobias bn relu concat(conv1x1x2 | conv3x3x2)) fc3 softmax");
        string[] frozen = ["res1.bn1", "res1.concat1.conv2"];
        Array.ForEach(frozen, layer => NetworkEditor.Freeze(network, layer, isFrozen: true));
        IReadOnlyDictionary<string, byte[]> before = InteropData.Bytes(network);
        TrainingRun run = Trainer.Train(network, TinyData.Dataset(), Settings() with { Optimizer = optimizer });
        IReadOnlyDictionary<string, byte[]> after = InteropData.Bytes(network);

        Assert.Equal(frozen, run.Network.FrozenLayers);
        Assert.All(
            before,
            pair =>
                Assert.Equal(
                    frozen.Any(layer => pair.Key.StartsWith(layer + ".", StringComparison.Ordinal)),
                    pair.Value.AsSpan().SequenceEqual(after[pair.Key])
                )
        );
    }

    /// <summary>The convolution, pooling and ReLU of this network are computed together, with gradients of their own making.</summary>
    [Theory]
    [InlineData(Precision.Float32)]
    [InlineData(Precision.BFloat16)]
    public void Convolutions_that_are_computed_together_are_left_as_they_are(Precision precision)
    {
        using Network network = TinyData.Network("conv3x3x8 relu pool2 fc3 softmax", new Shape(3, 8, 8));
        NetworkEditor.Freeze(network, "conv1", isFrozen: true);
        IReadOnlyDictionary<string, byte[]> before = InteropData.Bytes(network);
        var data = new Dataset(
            "Tiny",
            "made by a test",
            ["a", "b", "c"],
            TinyData.Easy(48, 1, shape: new Shape(3, 8, 8)),
            TinyData.Easy(12, 2, "Validation", new Shape(3, 8, 8))
        );
        _ = Trainer.Train(network, data, Settings() with { Precision = precision, Threads = 2 });

        Assert.Equal(before["conv1.weight"], InteropData.Bytes(network)["conv1.weight"]);
        Assert.NotEqual(before["fc1.weight"], InteropData.Bytes(network)["fc1.weight"]);
    }

    [Fact]
    public void A_resumed_run_leaves_them_as_they_are_too()
    {
        using Network network = Frozen();
        IReadOnlyDictionary<string, byte[]> before = InteropData.Bytes(network);
        TrainingSettings settings = Settings() with
        {
            Checkpoints = new CheckpointSettings { Path = folder["run"] },
            MaxSteps = 1,
        };
        string checkpoint = Trainer.Train(network, TinyData.Dataset(), settings).Checkpoint!;
        TrainingRun run = Trainer.Resume(Checkpoint.Read(checkpoint), TinyData.Dataset(), new ResumeOptions { MaxSteps = 4 });

        Assert.Equal(["conv1", "bn1", "res1"], run.Network.FrozenLayers);
        Assert.Equal(before["res1.conv1.weight"], InteropData.Bytes(run.Network)["res1.conv1.weight"]);
        run.Network.Dispose();
    }

    [Fact]
    public void Layers_are_measured_although_some_are_frozen()
    {
        using Network network = Frozen();
        network.Classes = ["0", "1", "2"];
        Assert.Equal(
            ["conv1", "bn1", "relu1", "res1", "fc1", "softmax1"],
            LayerStatistics
                .Measure(TinyData.Match(network, TinyData.Easy(12, 1)), 0.01)
                .Select(row => row.Layer)
                .Where(name => !name.Contains('.', StringComparison.Ordinal))
        );
    }

    [Fact]
    public void A_network_without_a_layer_to_train_is_refused()
    {
        using Network network = Frozen();
        NetworkEditor.Freeze(network, "fc1", isFrozen: true);
        var error = Assert.Throws<InvalidSettingException>(() => Trainer.Train(network, TinyData.Dataset(), Settings()));
        Assert.Contains("all frozen", error.Message, StringComparison.Ordinal);
        NetworkEditor.Freeze(network, "conv1", isFrozen: false);
        Assert.Equal(["bn1", "res1", "fc1"], network.FrozenLayers);
    }

    private static Network Frozen()
    {
        Network network = TinyData.Network("conv3x3x4 bn relu res(conv3x3x4-nobias bn) fc3 softmax");
        Array.ForEach(["conv1", "bn1", "res1"], layer => NetworkEditor.Freeze(network, layer, isFrozen: true));
        return network;
    }

    private static TrainingSettings Settings() =>
        new()
        {
            Epochs = 2,
            BatchSize = 24,
            Threads = 1,
            Device = "cpu",
            WeightDecay = 0.01,
        };
}
