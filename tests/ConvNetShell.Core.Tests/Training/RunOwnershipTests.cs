using System.Runtime.CompilerServices;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Training.Checkpoints;
using ConvNetShell.Core.Training.Loop;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Core.Training.Settings;
using ConvNetShell.Display.Records.Training;

namespace ConvNetShell.Core.Tests.Training;

/// <summary>Who owns the weights: copies of networks, the marks of training, and what a run hands out and lets go of.</summary>
public sealed class RunOwnershipTests
{
    private static readonly TrainingSettings Quick = new()
    {
        Epochs = 3,
        BatchSize = 8,
        Device = "cpu",
    };

    [Theory]
    [InlineData("conv3x3x4 bn relu pool2 fc3")]
    [InlineData("res(conv3x3x2 bn relu conv3x3x2 bn) gn2 deconv2x2x2 fc3")]
    [InlineData("local3x3x2 relu conv3x3x4g2 fc3")]
    public void A_copy_has_the_same_weights_and_its_own_memory(string spec)
    {
        using Network network = TinyData.Network(spec);
        using Network copy = network.Copy();
        float[] before = TrainerTests.Weights(network);
        Assert.Equal(before, TrainerTests.Weights(copy));
        Trainer.Train(copy, TinyData.Dataset(), Quick);
        Assert.Equal(before, TrainerTests.Weights(network));
        Assert.NotEqual(before, TrainerTests.Weights(copy));
        Assert.Null(network.Normalization);
        Assert.Empty(network.Classes);
        Assert.True(network.HasInitialWeights);
        Assert.False(copy.HasInitialWeights);
    }

    [Fact]
    public void A_copy_trains_bit_for_bit_as_the_network_itself()
    {
        using Network network = TinyData.Network("conv3x3x4 bn relu drop0.3 fc3");
        using Network copy = network.Copy();
        Trainer.Train(copy, TinyData.Dataset(), Quick);
        Trainer.Train(network, TinyData.Dataset(), Quick);
        Assert.Equal(TrainerTests.Weights(network), TrainerTests.Weights(copy));
    }

    [Fact]
    public void Training_and_filters_end_the_initial_weights()
    {
        using Network network = TinyData.Network();
        NetworkFilters.Set(network, "conv1", 0, null, 1);
        Assert.False(network.HasInitialWeights);
        Assert.False(network.Copy().HasInitialWeights);
    }

    [Fact]
    public void A_run_that_finished_no_epoch_leaves_the_initial_weights()
    {
        using Network network = TinyData.Network();
        Assert.Throws<TimeZoneNotFoundException>(() =>
            Trainer.Train(network, TinyData.Dataset(), Quick, new RecordingCallback(_ => throw new TimeZoneNotFoundException()))
        );
        Assert.True(network.HasInitialWeights);
    }

    [Fact]
    public void A_history_that_was_handed_out_stays_as_it_was()
    {
        using Network network = TinyData.Network();
        var seen = new List<IReadOnlyList<EpochRecord>>();
        TrainingRun? begun = null;
        var callback = new RecordingCallback(_ => seen.Add(begun!.History), run => begun = run);
        TrainingRun run = Trainer.Train(network, TinyData.Dataset(), Quick, callback);
        Assert.Empty(seen[0]);
        Assert.Equal(2, seen[^1].Count);
        Assert.Equal(3, run.History.Count);
    }

    [Fact]
    public void A_stopped_run_is_not_held()
    {
        using Network network = TinyData.Network();
        TrainingRun run = Trainer.Train(
            network,
            TinyData.Dataset(),
            Quick,
            new RecordingCallback(
                _ => { },
                begun =>
                {
                    begun.Control.Stop();
                    begun.Control.Pause();
                }
            )
        );
        Assert.False(run.Control.IsPaused);
        Assert.Equal((RunStatus.Stopped, StopReason.Request), (run.Status, run.StopReason));
    }

    [Fact]
    public void A_run_has_its_dataset_again_without_holding_it()
    {
        using Network network = TinyData.Network();
        var data = new Dataset("Tiny", "test", ["a", "b", "c"], TinyData.Easy(30, 1));
        TrainingRun run = Trainer.Train(network, data, Quick with { ValidationFraction = 0.2, Seed = 5 });
        (WeakReference<Dataset> weak, string hash) = Used(run);
        for (int i = 0; i < 10 && IsAlive(weak); i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        Assert.False(IsAlive(weak));
        Assert.Equal(hash, run.Dataset.Hash());
        Assert.Equal(6, run.Dataset.Validation!.Count);
    }

    [Fact]
    public void Runs_of_the_same_settings_share_the_copies_of_images()
    {
        var data = new Dataset("Tiny", "test", ["a", "b", "c"], TinyData.Easy(30, 1));
        using Network first = TinyData.Network(),
            second = TinyData.Network();
        TrainingRun one = Trainer.Train(first, data, Quick);
        Dataset used = one.Dataset;
        Assert.Same(used, Trainer.Train(second, data, Quick with { LearningRate = 0.1 }).Dataset);
        Assert.NotSame(used, Trainer.Train(second, data, Quick with { Seed = 1 }).Dataset);
    }

    [Fact]
    public void A_run_says_from_which_it_started()
    {
        using Network network = TinyData.Network();
        TrainingRun first = Trainer.Train(network, TinyData.Dataset(), Quick, name: "first");
        first.Identify(3);
        first.Identify(4);
        TrainingRun second = Trainer.Train(network.Copy(), TinyData.Dataset(), Quick, startedFrom: RunReference.To(first));
        second.Identify(5);
        Assert.Equal($"run 3 (first), epoch {first.Best!.Epoch}", second.StartedFrom!.ToString());
        Assert.Equal("Network-5", second.Name);
    }

    [Fact]
    public void A_checkpoint_keeps_name_and_origin_and_fewer_epochs_are_said()
    {
        string folder = Directory.CreateTempSubdirectory("convnetshell-test-").FullName;
        try
        {
            using Network network = TinyData.Network();
            using Network given = TinyData.Network(seed: 9);
            float[] before = TrainerTests.Weights(given);
            TrainingSettings saved = Quick with { Checkpoints = new CheckpointSettings { Path = folder } };
            TrainingRun run = Trainer.Train(
                network,
                TinyData.Dataset(),
                saved,
                name: "kept",
                startedFrom: new RunReference(2, "other", 7, null)
            );
            var told = new RecordingCallback(_ => { });
            TrainingRun more = Trainer.Resume(
                Checkpoint.Read(run.Checkpoint!),
                TinyData.Dataset(),
                new ResumeOptions { Epochs = 2, Network = given },
                told
            );
            Assert.Equal(("kept", "run 2 (other), epoch 7", 3), (more.Name, more.StartedFrom!.ToString(), more.History.Count));
            Assert.StartsWith(
                "Nothing was trained: the run has 3 epochs already, and -Epochs 2",
                Assert.Single(told.Warnings),
                StringComparison.Ordinal
            );
            Assert.Equal(before, TrainerTests.Weights(given));
            Assert.False(more.Network.HasInitialWeights);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)] // no reference may stay in a register or a slot of the caller's
    private static bool IsAlive(WeakReference<Dataset> weak) => weak.TryGetTarget(out _);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (WeakReference<Dataset> Weak, string Hash) Used(TrainingRun run)
    {
        Dataset data = run.Dataset;
        return (new WeakReference<Dataset>(data), data.Hash());
    }
}
