using System.Runtime.CompilerServices;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Training.Checkpoints;
using ConvNetShell.Core.Training.Loop;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Core.Training.Settings;
using ConvNetShell.Display;

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
    public void ACopyHasTheSameWeightsAndItsOwnMemory(string spec)
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
    public void ACopyTrainsBitForBitAsTheNetworkItself()
    {
        using Network network = TinyData.Network("conv3x3x4 bn relu drop0.3 fc3");
        using Network copy = network.Copy();
        Trainer.Train(copy, TinyData.Dataset(), Quick);
        Trainer.Train(network, TinyData.Dataset(), Quick);
        Assert.Equal(TrainerTests.Weights(network), TrainerTests.Weights(copy));
    }

    [Fact]
    public void TrainingAndFiltersEndTheInitialWeights()
    {
        using Network network = TinyData.Network();
        NetworkFilters.Set(network, "conv1", 0, null, 1);
        Assert.False(network.HasInitialWeights);
        Assert.False(network.Copy().HasInitialWeights);
    }

    [Fact]
    public void ARunThatFinishedNoEpochLeavesTheInitialWeights()
    {
        using Network network = TinyData.Network();
        Assert.Throws<TimeZoneNotFoundException>(() =>
            Trainer.Train(network, TinyData.Dataset(), Quick, new RecordingCallback(_ => throw new TimeZoneNotFoundException()))
        );
        Assert.True(network.HasInitialWeights);
    }

    [Fact]
    public void AHistoryThatWasHandedOutStaysAsItWas()
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
    public void AStoppedRunIsNotHeld()
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
    public void ARunHasItsDatasetAgainWithoutHoldingIt()
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
    public void RunsOfTheSameSettingsShareTheCopiesOfImages()
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
    public void ARunSaysFromWhichItStarted()
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
    public void ACheckpointKeepsNameAndOriginAndFewerEpochsAreSaid()
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
