using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Networks.Editing;
using ConvNetShell.Core.Tests.Data;
using ConvNetShell.Core.Tests.Interop;
using ConvNetShell.Core.Training.Checkpoints;
using ConvNetShell.Core.Training.Loop;
using ConvNetShell.Core.Training.Settings;

namespace ConvNetShell.Core.Tests.Training;

/// <summary>A layer may have a learning rate, a weight decay and epochs of its own.</summary>
public sealed class LayerTrainingTests : IDisposable
{
    private const string Spec = "conv3x3x4 relu pool2 fc3 softmax";
    private readonly TestFolder folder = new();

    public static TheoryData<OptimizerKind> Optimizers => [.. Enum.GetValues<OptimizerKind>()];

    public void Dispose() => folder.Dispose();

    /// <summary>Both layers at twice the rate are the same as all at twice the rate, to the bit.</summary>
    [Theory, MemberData(nameof(Optimizers))]
    public void A_scale_is_a_factor_of_the_learning_rate(OptimizerKind optimizer)
    {
        TrainingSettings settings = Settings() with { Optimizer = optimizer, LearningRate = 0.004, WeightDecay = 0.01 };
        using Network plain = Trained(settings with { LearningRate = 0.008 }),
            scaled = Trained(
                settings,
                ("conv1", new LayerTraining { LearningRateScale = 2 }),
                ("fc1", new LayerTraining { LearningRateScale = 2 })
            );

        Assert.Equal(InteropData.Bytes(plain), InteropData.Bytes(scaled));
    }

    [Theory, MemberData(nameof(Optimizers))]
    public void A_scale_of_the_decay_is_a_factor_of_it(OptimizerKind optimizer)
    {
        TrainingSettings settings = Settings() with { Optimizer = optimizer, LearningRate = 0.004, WeightDecay = 0.02 };
        var twice = new LayerTraining { WeightDecayScale = 2 };
        using Network plain = Trained(settings with { WeightDecay = 0.04 }),
            scaled = Trained(settings, ("conv1", twice), ("fc1", twice));

        Assert.Equal(InteropData.Bytes(plain), InteropData.Bytes(scaled));
    }

    [Theory, MemberData(nameof(Optimizers))]
    public void Weights_rest_in_frozen_epochs_alone(OptimizerKind optimizer)
    {
        using Network network = TinyData.Network(Spec);
        NetworkEditor.SetTraining(network, "conv1", _ => new LayerTraining { FrozenEpochs = [1, 3] });
        var epochs = new List<byte[]> { InteropData.Bytes(network)["conv1.weight"] };
        var watcher = new EpochWatcher(() => epochs.Add(InteropData.Bytes(network)["conv1.weight"]));

        Trainer.Train(network, TinyData.Dataset(), Settings() with { Optimizer = optimizer, Epochs = 4, LearningRate = 0.01 }, watcher);

        bool[] moved = [.. epochs.Skip(1).Zip(epochs, (now, before) => !now.AsSpan().SequenceEqual(before))];
        Assert.Equal([false, true, false, true], moved);
    }

    [Theory, MemberData(nameof(Optimizers))]
    public void Only_biases_learn_where_that_is_asked_for_and_only_as_long(OptimizerKind optimizer)
    {
        using Network network = TinyData.Network(Spec);
        NetworkEditor.SetTraining(network, "conv1", _ => new LayerTraining { BiasOnly = true, LearningEpochs = 2 });
        byte[] filters = InteropData.Bytes(network)["conv1.weight"];
        var biases = new List<byte[]> { InteropData.Bytes(network)["conv1.bias"] };
        var watcher = new EpochWatcher(() => biases.Add(InteropData.Bytes(network)["conv1.bias"]));

        Trainer.Train(network, TinyData.Dataset(), Settings() with { Optimizer = optimizer, Epochs = 4, LearningRate = 0.01 }, watcher);

        Assert.Equal(filters, InteropData.Bytes(network)["conv1.weight"]);
        bool[] moved = [.. biases.Skip(1).Zip(biases, (now, before) => !now.AsSpan().SequenceEqual(before))];
        Assert.Equal([true, true, false, false], moved);
    }

    /// <summary>They have no gradients in that epoch; a copy of that moment does not have them frozen.</summary>
    [Theory]
    [InlineData(1, Precision.Float32)]
    [InlineData(2, Precision.Float32)]
    [InlineData(1, Precision.BFloat16)]
    public void Resting_weights_have_no_gradients_and_are_not_frozen(int threads, Precision precision)
    {
        using Network network = TinyData.Network("conv3x3x4 relu pool2 conv3x3x4 bn fc3 softmax");
        NetworkEditor.SetTraining(network, "conv1", _ => new LayerTraining { FrozenEpochs = [2] });
        NetworkEditor.SetTraining(network, "conv2", _ => new LayerTraining { BiasOnly = true });
        var learned = new List<string>();
        var frozen = new List<string>();
        int steps = 0;
        var watcher = new RecordingCallback(step =>
        {
            steps = step;
            learned.Add(string.Join(' ', network.Parameters.Where(own => own.Value.grad is not null).Select(own => own.Name)));
            using Network copy = network.Copy();
            frozen.AddRange([.. network.FrozenLayers, .. copy.FrozenLayers]);
            Assert.All(copy.Parameters, own => Assert.True(own.Value.requires_grad));
        });
        TrainingSettings settings = Settings() with { Epochs = 3, BatchSize = 100, Threads = threads, Precision = precision };

        Trainer.Train(network, TinyData.Dataset(), settings, watcher);

        const string rest = "conv2.bias bn1.weight bn1.bias fc1.weight fc1.bias";
        Assert.Equal(3, steps);
        Assert.Equal([$"conv1.weight conv1.bias {rest}", rest, $"conv1.weight conv1.bias {rest}"], learned);
        Assert.Empty(frozen);
        Assert.All(network.Parameters, own => Assert.True(own.Value.requires_grad));
    }

    [Fact]
    public void All_layers_may_rest_in_an_epoch_and_normalizations_go_on_averaging()
    {
        using Network network = TinyData.Network("conv3x3x4 bn relu fc3 softmax");
        foreach (string layer in new[] { "conv1", "bn1", "fc1" })
        {
            NetworkEditor.SetTraining(network, layer, _ => new LayerTraining { FrozenEpochs = [1] });
        }
        IReadOnlyDictionary<string, byte[]> before = InteropData.Bytes(network);

        Trainer.Train(network, TinyData.Dataset(), Settings() with { Epochs = 1 });

        IReadOnlyDictionary<string, byte[]> after = InteropData.Bytes(network);
        Assert.All(network.Parameters, own => Assert.Equal(before[own.Name], after[own.Name]));
        Assert.NotEqual(before["bn1.running_mean"], after["bn1.running_mean"]);
    }

    /// <summary>A network that is frozen or made trainable while weights rest is so afterwards.</summary>
    [Fact]
    public void What_is_frozen_while_it_rests_stays_frozen()
    {
        using Network network = TinyData.Network(Spec);
        NetworkEditor.SetTraining(network, "conv1", _ => new LayerTraining { FrozenEpochs = [1] });
        var watcher = new RecordingCallback(_ => NetworkEditor.Freeze(network, "conv1", isFrozen: true));

        Trainer.Train(network, TinyData.Dataset(), Settings() with { Epochs = 1 }, watcher);

        Assert.Equal(["conv1"], network.FrozenLayers);
        NetworkEditor.Freeze(network, "conv1", isFrozen: false);
        Assert.Empty(network.FrozenLayers);
        Assert.All(network.Parameters, own => Assert.True(own.Value.requires_grad));
    }

    /// <summary>A layer that learns as long as the run has the rate of a linear schedule.</summary>
    [Fact]
    public void The_rate_of_a_layer_that_learns_for_some_epochs_falls_in_a_line()
    {
        TrainingSettings settings = Settings() with { LearningRate = 0.02 };
        var all = new LayerTraining { LearningEpochs = settings.Epochs };
        using Network linear = Trained(settings with { Schedule = ScheduleKind.Linear }),
            own = Trained(settings with { Schedule = ScheduleKind.Constant }, ("conv1", all), ("fc1", all));

        Assert.Equal(InteropData.Bytes(linear), InteropData.Bytes(own));
    }

    [Fact]
    public void A_copy_an_edited_network_and_a_checkpoint_keep_it()
    {
        var training = new LayerTraining
        {
            LearningRateScale = 0.1,
            WeightDecayScale = 2,
            FrozenEpochs = [3, 1, 3],
            LearningEpochs = 4,
            BiasOnly = true,
        };
        Assert.Equal([1, 3], training.FrozenEpochs);
        using Network network = TinyData.Network("conv3x3x4 res(conv3x3x4 bn) relu fc3 softmax");
        NetworkEditor.SetTraining(network, "res1.bn1", _ => training);
        var kept = new Dictionary<string, LayerTraining> { ["res1.bn1"] = training };

        using Network copy = network.Copy(),
            edited = NetworkEditor.Edit(network, new NetworkEdit { Append = [] });
        Trainer.Train(network, TinyData.Dataset(), Settings() with { Checkpoints = new CheckpointSettings { Path = folder["run"] } });

        Assert.Equal(kept, network.LayerTraining);
        Assert.Equal(kept, copy.LayerTraining);
        Assert.Equal(kept, edited.LayerTraining);
        using Network stored = Checkpoint.ReadNetwork(folder["run"]);
        Assert.Equal(kept, stored.LayerTraining);
    }

    [Fact]
    public void A_block_passes_it_to_its_layers()
    {
        using Network network = TinyData.Network("conv3x3x4 res(conv3x3x4 bn relu) fc3 softmax");
        NetworkEditor.SetTraining(network, "res1", now => now with { LearningRateScale = 0.5 });

        Assert.Equal(["res1.conv1", "res1.bn1"], network.LayerTraining.Keys);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_scale_is_a_number_from_0(double scale)
    {
        Assert.Throws<InvalidSettingException>(() => new LayerTraining { LearningRateScale = scale });
        Assert.Throws<InvalidSettingException>(() => new LayerTraining { WeightDecayScale = scale });
        Assert.Throws<InvalidSettingException>(() => new LayerTraining { FrozenEpochs = [0, 1] });
        Assert.Throws<InvalidSettingException>(() => new LayerTraining { LearningEpochs = -1 });
    }

    private static Network Trained(TrainingSettings settings, params (string Layer, LayerTraining Training)[] layers)
    {
        Network network = TinyData.Network(Spec);
        foreach ((string layer, LayerTraining training) in layers)
        {
            NetworkEditor.SetTraining(network, layer, _ => training);
        }
        Trainer.Train(network, TinyData.Dataset(), settings);
        return network;
    }

    private static TrainingSettings Settings() =>
        new()
        {
            Epochs = 2,
            BatchSize = 12,
            Device = "cpu",
            Threads = 1,
            KeepLast = true,
        };
}
