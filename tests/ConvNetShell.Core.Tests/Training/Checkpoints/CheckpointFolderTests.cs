using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Images;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Tests.Data;
using ConvNetShell.Core.Training.Checkpoints;
using ConvNetShell.Core.Training.Loop;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Core.Training.Settings;

namespace ConvNetShell.Core.Tests.Training.Checkpoints;

public sealed class CheckpointFolderTests : IDisposable
{
    private const int KeepTop = 1;
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_run_resumed_again_and_again_keeps_no_more_files()
    {
        using Network network = TinyData.Network();
        TrainingRun run = Trainer.Train(network, TinyData.Dataset(), Saved() with { MaxSteps = 2 });
        for (int limit = 4; limit <= 24; limit += 2)
        {
            string unfinished = run.Checkpoint + ".0123456789abcdef.tmp";
            File.WriteAllText(unfinished, "of a process that was killed");
            run = Trainer.Resume(Checkpoint.Read(folder["run"]), TinyData.Dataset(), new ResumeOptions { MaxSteps = limit });
            run.Network.Dispose();
            Assert.False(File.Exists(unfinished));
            Assert.InRange(Directory.GetFiles(folder["run"]).Length, 1, 2 + KeepTop);
        }
        Assert.True(File.Exists(run.Checkpoint));
        Assert.Contains(
            Directory.GetFiles(folder["run"]),
            file => Path.GetFileName(file).StartsWith($"epoch{run.Best!.Epoch:0000}-", StringComparison.Ordinal)
        );
    }

    /// <summary>As after a clock that was set back, or a copy of the folder: the steps in the names say which is the latest.</summary>
    [Fact]
    public void The_latest_checkpoint_is_found_whatever_the_clock_says()
    {
        using Network network = TinyData.Network();
        TrainingRun run = Trainer.Train(network, TinyData.Dataset(), Saved() with { MaxSteps = 15 });
        string[] files = [.. Directory.GetFiles(folder["run"]).Order(StringComparer.Ordinal)];
        Assert.True(files.Length > 2);
        foreach ((int index, string file) in files.Index())
        {
            File.SetLastWriteTimeUtc(file, new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddDays(-index));
        }
        using var checkpoint = Checkpoint.Read(folder["run"]);
        Assert.Equal(run.Checkpoint, checkpoint.Path);
        TrainingRun resumed = Trainer.Resume(checkpoint, TinyData.Dataset(), new ResumeOptions { MaxSteps = 0 });
        resumed.Network.Dispose();
        Assert.Equal(4, resumed.History.Count);
    }

    [Theory]
    [InlineData(FitKind.Stretch)]
    [InlineData(FitKind.Crop)]
    public void A_dataset_is_brought_to_the_size_that_the_run_used(FitKind fit)
    {
        var large = new Shape(1, 8, 10);
        Dataset given = new("Tiny", "made by a test", ["dark", "middle", "bright"], TinyData.Easy(24, 1, shape: large), null, null);
        Dataset used = DatasetFit.To(given, new Shape(1, 6, 6), fit);
        using Network network = TinyData.Network(input: new Shape(1, 6, 6));
        Trainer.Train(network, used, Saved() with { Epochs = 1 });
        using var checkpoint = Checkpoint.Read(folder["run"]);
        Assert.Equal(used.Hash(), checkpoint.Fit(given).Hash());
        Dataset other = TinyData.Dataset();
        Assert.Same(other, checkpoint.Fit(other));
    }

    [Fact]
    public void A_folder_removed_during_a_run_is_made_again()
    {
        using Network network = TinyData.Network();
        var callback = new RecordingCallback(step =>
        {
            if (step == 8)
            {
                Directory.Delete(folder["run"], recursive: true);
            }
        });
        TrainingRun run = Trainer.Train(network, TinyData.Dataset(), Saved(), callback);
        Assert.Equal(RunStatus.Completed, run.Status);
        Assert.True(File.Exists(run.Checkpoint));
        Assert.Empty(callback.Warnings);
    }

    [Fact]
    public void A_folder_that_cannot_be_made_again_leaves_no_checkpoint_and_says_so()
    {
        using Network network = TinyData.Network();
        var callback = new RecordingCallback(step =>
        {
            if (step == 8)
            {
                Directory.Delete(folder["run"], recursive: true);
                File.WriteAllText(folder["run"], "in the way");
            }
        });
        TrainingRun run = Trainer.Train(network, TinyData.Dataset(), Saved(), callback);
        Assert.Equal(RunStatus.Completed, run.Status);
        Assert.Null(run.Checkpoint);
        Assert.All(
            callback.Warnings,
            warning => Assert.EndsWith("Training continues; it has no checkpoint.", warning, StringComparison.Ordinal)
        );
        Assert.NotEmpty(callback.Warnings);
    }

    private TrainingSettings Saved() =>
        new()
        {
            Epochs = 4,
            BatchSize = 8,
            Device = "cpu",
            Threads = 1,
            Checkpoints = new CheckpointSettings { Path = folder["run"], KeepTop = KeepTop },
        };
}
