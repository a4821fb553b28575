using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Data.Augmentations;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Training.Loop;
using ConvNetShell.Core.Training.Optimizers;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Core.Training.Settings;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Tests.Training;

public sealed class DataParallelStepTests
{
    private const string Plain = "conv3x3x4 relu pool2 fc3",
        Normalized = "conv3x3x4 bn relu res(conv3x3x4-nobias bn relu conv3x3x4-nobias bn) relu pool2 fc6 bn relu fc3";
    private static readonly TrainingSettings Quick = new()
    {
        Epochs = 3,
        BatchSize = 24,
        LearningRate = 0.05,
        Device = "cpu",
        Precision = Precision.Float32,
        KeepLast = true,
    };

    public static TheoryData<string> Cases => [.. Settings.Keys];

    private static Dictionary<string, TrainingSettings> Settings { get; } =
        new()
        {
            ["plain"] = Quick,
            ["rest smaller than a batch"] = Quick with { BatchSize = 20 },
            ["smoothed and weighted"] = Quick with { LabelSmoothing = 0.1, ClassWeights = [0.2, 1, 3] },
            ["balanced"] = Quick with { BalanceClasses = true },
            ["augmented"] = Quick with { Augmentation = new Augmentation(flip: true, shift: 1) },
            ["mixed"] = Quick with
            {
                Augmentation = new Augmentation { Mixup = 0.4 },
                BatchSize = 22,
            }, // the last batches are odd
            ["mixed by boxes"] = Quick with
            {
                Augmentation = new Augmentation { CutMix = 1, Shift = 1 },
                LabelSmoothing = 0.1,
            },
            ["gathered"] = Quick with { AccumulateBatches = 2 },
            ["clipped"] = Quick with { ClipNorm = 0.1, Optimizer = OptimizerKind.AdamW, LearningRate = 0.005 },
        };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Parts_learn_what_the_whole_does(string name)
    {
        Assert.SkipUnless(Environment.ProcessorCount > 1, "More threads than processors are reduced to them.");
        int threads = Math.Min(3, Environment.ProcessorCount);
        TrainingSettings settings = Settings[name];
        using Network split = TinyData.Network(Plain),
            whole = TinyData.Network(Plain);
        TrainingRun parts = Trainer.Train(split, TinyData.Dataset(), settings with { Threads = threads }),
            one = Trainer.Train(whole, TinyData.Dataset(), settings with { Threads = 1 });
        Assert.Equal(threads, DataParallelStep.Parts(parts.Network, parts.Settings, CPU, settings.BatchSize));
        Assert.All(TrainerTests.Weights(split).Zip(TrainerTests.Weights(whole)), pair => Assert.Equal(pair.Second, pair.First, 1e-4));
        Assert.All(
            parts.History.Zip(one.History),
            pair =>
            {
                Assert.Equal(pair.Second.TrainLoss, pair.First.TrainLoss, 1e-4);
                Assert.Equal(pair.Second.TrainAccuracy, pair.First.TrainAccuracy);
                Assert.Equal(pair.Second.GradientNorm, pair.First.GradientNorm, 1e-3);
            }
        );
    }

    [Theory]
    [InlineData(24)]
    [InlineData(20)] // the last batch has one image, which a part alone computes
    public void Parts_normalize_by_the_whole_batch(int batch)
    {
        using Network split = TinyData.Network(Normalized),
            whole = TinyData.Network(Normalized);
        TrainingSettings settings = Quick with { BatchSize = batch, LearningRate = 0.01 };
        TrainingRun parts = Trainer.Train(split, TinyData.Dataset(), settings with { Threads = 2 }),
            one = Trainer.Train(whole, TinyData.Dataset(), settings with { Threads = 1 });
        Assert.Equal(2, DataParallelStep.Parts(parts.Network, parts.Settings, CPU, settings.BatchSize));
        // running averages too
        Assert.All(
            parts.Network.State.Zip(one.Network.State),
            pair => Assert.True(pair.First.Value.allclose(pair.Second.Value, 1e-3, 1e-4), pair.First.Name)
        );
        Assert.Equal(one.History[^1].TrainLoss, parts.History[^1].TrainLoss, 1e-4);
    }

    [Fact]
    public void A_part_that_fails_ends_the_step_with_its_own_error()
    {
        using Network network = TinyData.Network("conv3x3x4 bn relu fc3");
        Dataset data = TinyData.Dataset();
        (_, TrainingSettings used, _) = Trainer.Check(network, data, Quick with { Threads = 2 });
        network.Normalization = ChannelStatistics.Measure(data.Train);
        var run = new TrainingRun(network, data, data, used, "cpu");
        using var state = new TrainingState(network, used, CPU, data.Train);
        using var parts = new DataParallelStep(run, state, data.Train, CPU, 24, 2);
        int[] images = [.. Enumerable.Range(0, 24)];
        images[^1] = data.Train.Count; // there is none
        Exception error = Assert.ThrowsAny<Exception>(() => parts.Add(images, default, 1));
        Assert.IsNotType<OperationCanceledException>(error);
        images[^1] = 0;
        Assert.True(double.IsFinite(parts.Add(images, default, 1).Loss));
    }

    [Theory]
    [InlineData(Plain)]
    [InlineData(Normalized)]
    [InlineData("conv3x3x4 relu drop0.3 pool2 fc3")]
    public void The_same_threads_give_the_same_weights_bit_for_bit(string spec)
    {
        float[] first = Train(spec, Quick with { Threads = 2 });
        Assert.Equal(first, Train(spec, Quick with { Threads = 2 }));
        Assert.NotEqual(first, Train(spec, Quick with { Threads = 2, Seed = 1 }));
    }

    [Fact]
    public void More_threads_than_parts_help_each_other()
    {
        float[] helped = Train(Plain, Quick with { BatchSize = 4, Threads = 4 }),
            alone = Train(Plain, Quick with { BatchSize = 4, Threads = 1 }); // two parts of two threads
        Assert.All(helped.Zip(alone), pair => Assert.Equal(pair.Second, pair.First, 1e-4));
    }

    [Fact]
    public void Parts_drop_different_values()
    {
        // Both halves of the batch are the same image: only dropout can make their gradients differ.
        var same = new DatasetSplit(
            "Train",
            TinyData.Picture,
            [.. Enumerable.Repeat(TinyData.Easy(1, 1).Image(0).ToArray(), 16).SelectMany(pixels => pixels)],
            new int[16]
        );
        var data = new Dataset("Same", "test", ["a", "b", "c"], same, same.Take([0, 1]));
        using Network network = TinyData.Network("conv3x3x4 relu drop0.5 fc3");
        (_, TrainingSettings used, _) = Trainer.Check(network, data, Quick with { BatchSize = 16, Threads = 2 });
        network.Normalization = ChannelStatistics.Measure(same);
        var run = new TrainingRun(network, data, data, used, "cpu");
        using var state = new TrainingState(network, used, CPU, data.Train);
        using var parts = new DataParallelStep(run, state, data.Train, CPU, 16, 2);
        parts.Add(Enumerable.Range(0, 16).ToArray(), default, 1);
        float[] together = network.Parameters[0].Value.grad!.data<float>().ToArray();
        state.Optimizer.ClearGradients();
        state.Dropout.manual_seed(run.Settings.Seed);
        parts.Add(Enumerable.Range(0, 16).ToArray(), default, 1);
        Assert.Equal(together, network.Parameters[0].Value.grad!.data<float>().ToArray());

        // What the first part draws, for one half alone: were the second to draw the same, the halves' mean would be this.
        using var alone = new SingleStep(run, state, data.Train, CPU, 16);
        state.Optimizer.ClearGradients();
        state.Dropout.manual_seed(run.Settings.Seed);
        using Tensor drawn = randint(int.MaxValue, 1, ScalarType.Int64, generator: state.Dropout);
        state.Dropout.manual_seed(drawn.item<long>());
        alone.Add(Enumerable.Range(0, 8).ToArray(), default, 1);
        Assert.NotEqual(together, network.Parameters[0].Value.grad!.data<float>().ToArray());
    }

    [Fact]
    public void Gradients_that_threads_add_up_in_pieces_are_those_of_the_whole()
    {
        using Network network = TinyData.Network("fc4000 relu fc3");
        Dataset data = TinyData.Dataset();
        (_, TrainingSettings used, _) = Trainer.Check(network, data, Quick with { BatchSize = 16, Threads = 2 });
        network.Normalization = ChannelStatistics.Measure(data.Train);
        var run = new TrainingRun(network, data, data, used, "cpu");
        using var state = new TrainingState(network, used, CPU, data.Train);
        using var parts = new DataParallelStep(run, state, data.Train, CPU, 16, 2);
        using var alone = new SingleStep(run, state, data.Train, CPU, 16);
        int[] images = [.. Enumerable.Range(0, 16)];

        parts.Add(images, default, 1);
        float[][] together = Gradients();
        state.Optimizer.ClearGradients();
        alone.Add(images, default, 1);

        Assert.True(together[0].Length > WeightPiece.Most);
        Assert.All(Gradients().Zip(together), pair => Assert.Equal(pair.First, pair.Second, (one, other) => Math.Abs(one - other) < 1e-5));

        float[][] Gradients() => [.. network.Parameters.Select(own => own.Value.grad!.data<float>().ToArray())];
    }

    [Fact]
    public void Only_what_is_worth_it_is_split()
    {
        Assert.Equal(2, Parts(Plain, Quick with { Threads = 2 }));
        Assert.Equal(1, Parts(Plain, Quick with { Threads = 1 }));
        Assert.Equal(1, Parts(Plain, Quick with { Threads = 2, BatchSize = 3 })); // less than two images a part
        Assert.Equal(2, Parts("conv3x3x4 bn relu fc3", Quick with { Threads = 2 }));
        Assert.Equal(2, Parts("res(conv3x3x2 bn) fc3", Quick with { Threads = 2 }));
        Assert.Equal(
            1,
            Parts(
                Plain,
                Quick with
                {
                    Threads = 2,
                    Augmentation = new Augmentation { Mixup = 0.2 },
                    BalanceClasses = true,
                }
            )
        );
        // a multiply-add a weight: adding gradients up is as much work as the rest
        Assert.Equal(1, Parts("fc3", Quick with { Threads = 2 }));
    }

    [Theory]
    [InlineData(Plain)]
    [InlineData(Normalized)]
    public void A_loss_that_is_no_number_is_said_with_its_layer(string spec)
    {
        using Network network = TinyData.Network(spec);
        using (no_grad())
        {
            network.Parameters[0].Value.fill_(float.PositiveInfinity);
        }
        var error = Assert.Throws<NonFiniteLossException>(() => Trainer.Train(network, TinyData.Dataset(), Quick with { Threads = 2 }));
        Assert.Contains("conv1.weight", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_twin_has_the_same_weights_and_its_own_gradients()
    {
        using Network network = TinyData.Network(Plain);
        long left = LiveTensors.LeftBehindBy(() =>
        {
            using Network replica = network.Replica();
            using var scope = NewDisposeScope();
            using (no_grad())
            {
                network.Parameters[0].Value.fill_(3);
            }
            Assert.Equal(TrainerTests.Weights(network), TrainerTests.Weights(replica));
            replica.Logits(ones(2, 2, 6, 6), new ForwardContext(Training: true)).sum().backward();
            Assert.Null(network.Parameters[0].Value.grad);
            Assert.NotNull(replica.Parameters[0].Value.grad);
        });
        Assert.Equal(0, left);
        Assert.Equal(3, network.Parameters[0].Value.data<float>()[0]);
    }

    [Fact]
    public void Nothing_is_left_behind()
    {
        using Network network = TinyData.Network(Plain);
        long left = LiveTensors.LeftBehindBy(() =>
            InlineTraining.Run(network, TinyData.Dataset(), Quick with { Threads = 2 }, new RecordingCallback(_ => { }))
        );
        Assert.Equal(0, left);
    }

    private static float[] Train(string spec, TrainingSettings settings)
    {
        using Network network = TinyData.Network(spec);
        Trainer.Train(network, TinyData.Dataset(), settings);
        return TrainerTests.Weights(network);
    }

    private static int Parts(string spec, TrainingSettings settings)
    {
        using Network network = TinyData.Network(spec);
        return DataParallelStep.Parts(network, settings, CPU, settings.BatchSize);
    }
}
