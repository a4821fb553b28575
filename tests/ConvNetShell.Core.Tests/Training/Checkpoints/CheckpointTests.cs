using ConvNetShell.Core.Data.Augmentations;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Tests.Data;
using ConvNetShell.Core.Training.Checkpoints;
using ConvNetShell.Core.Training.Loop;
using ConvNetShell.Core.Training.Optimizers;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Core.Training.Settings;

namespace ConvNetShell.Core.Tests.Training.Checkpoints;

public sealed class CheckpointTests : IDisposable
{
    private const string Spec = "conv3x3x4-nobias bn relu drop0.3 pool2 fc3 softmax";
    private readonly TestFolder folder = new();

    public static TheoryData<TrainingSettings> Runs =>
        new(
            new TrainingSettings { Augmentation = new Augmentation(flip: true, shift: 1) },
            new TrainingSettings
            {
                Optimizer = OptimizerKind.Adam,
                LearningRate = 0.01,
                Average = AverageKind.EMA,
                AverageDecay = 0.9,
                Schedule = ScheduleKind.Cosine,
            },
            new TrainingSettings
            {
                Optimizer = OptimizerKind.Muon,
                LearningRate = 0.01,
                Average = AverageKind.SWA,
                Schedule = ScheduleKind.Triangular,
            },
            new TrainingSettings
            {
                Optimizer = OptimizerKind.RMSprop,
                LearningRate = 0.003,
                Schedule = ScheduleKind.Plateau,
                StepSize = 1,
                Patience = 3,
                Augmentation = new Augmentation
                {
                    Mixup = 0.3,
                    Rotation = 10,
                    Cutout = 2,
                },
            },
            new TrainingSettings
            {
                Optimizer = OptimizerKind.Adadelta,
                LearningRate = 1,
                Schedule = ScheduleKind.Step,
                AccumulateBatches = 2,
                ClipNorm = 1,
            }
        );

    public void Dispose() => folder.Dispose();

    [Theory, MemberData(nameof(Runs))]
    public void Run_goes_on_from_every_checkpoint_to_the_same_weights(TrainingSettings settings)
    {
        using Network network = TinyData.Network(Spec);
        var copies = new List<string>();
        TrainingRun? begun = null;
        var callback = new RecordingCallback(
            _ =>
            {
                if (begun!.Checkpoint is { } file && !copies.Contains(Copy(file)))
                {
                    copies.Add(Copy(file));
                    File.Copy(file, copies[^1], overwrite: true);
                }
            },
            run => begun = run
        );
        TrainingRun run = Trainer.Train(network, TinyData.Dataset(), Saved(settings with { Seed = 5 }, everySteps: 2), callback);
        Assert.InRange(copies.Count, 5, 30);
        Assert.All(
            copies,
            copy =>
            {
                TrainingRun resumed = Trainer.Resume(
                    Checkpoint.Read(copy),
                    TinyData.Dataset(),
                    new ResumeOptions { Checkpoints = new CheckpointSettings { Path = folder["more"] } }
                );
                using Network again = resumed.Network;
                Assert.Equal(TrainerTests.Weights(network), TrainerTests.Weights(again));
                Assert.Equal(run.History.Select(Figures), resumed.History.Select(Figures));
                Assert.Equal((run.Best!.Epoch, run.StopReason, run.Status), (resumed.Best!.Epoch, resumed.StopReason, resumed.Status));
            }
        );
        return;

        string Copy(string file) => folder["copy-" + Path.GetFileName(file)];
    }

    [Fact]
    public void Changes_of_settings_are_kept_and_replayed()
    {
        using Network network = TinyData.Network(Spec);
        TrainingRun? begun = null;
        string? middle = null;
        var callback = new RecordingCallback(
            step =>
            {
                if (step == 8)
                {
                    (begun!.Control.LearningRate, begun.Control.Momentum, begun.Control.WeightDecay, begun.Control.BatchSize) = (
                        0.01,
                        0.5,
                        0.1,
                        12
                    );
                }
                if (step == 14)
                {
                    File.Copy(begun!.Checkpoint!, middle = folder["middle.checkpoint"]);
                }
            },
            run => begun = run
        );
        TrainingRun run = Trainer.Train(network, TinyData.Dataset(), Saved(new TrainingSettings(), everySteps: 1), callback);
        Assert.Equal(
            ["LearningRate 0.01", "Momentum 0.5", "WeightDecay 0.1", "BatchSize 12"],
            run.Changes.Select(change => FormattableString.Invariant($"{change.Setting} {change.To}")).OrderBy(Rank).ToArray()
        );
        TrainingRun resumed = Trainer.Resume(
            Checkpoint.Read(middle!),
            TinyData.Dataset(),
            new ResumeOptions { Checkpoints = new CheckpointSettings { Path = folder["more"] } }
        );
        using Network again = resumed.Network;
        Assert.Equal(TrainerTests.Weights(network), TrainerTests.Weights(again));
        Assert.Equal(run.Changes, resumed.Changes);
    }

    [Fact]
    public void Checkpoint_cut_short_anywhere_is_refused()
    {
        byte[] whole = File.ReadAllBytes(SavedRun().Checkpoint!);
        string file = folder["cut.checkpoint"];
        for (int i = 0; i < 50; i++)
        {
            File.WriteAllBytes(file, whole[..(int)((long)whole.Length * i / 50)]);
            Assert.Contains(
                Assert.Throws<CheckpointException>(() => Checkpoint.Read(file)).ErrorId,
                new[] { "Checkpoint.Damaged", "Checkpoint.Unknown" }
            );
        }
    }

    [Fact]
    public void Checkpoint_with_a_flipped_bit_is_refused()
    {
        byte[] whole = File.ReadAllBytes(SavedRun().Checkpoint!);
        string file = folder["flipped.checkpoint"];
        var random = new Random(1);
        for (int i = 0; i < 50; i++)
        {
            byte[] flipped = [.. whole];
            flipped[random.Next(flipped.Length)] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(file, flipped);
            Assert.Throws<CheckpointException>(() => Checkpoint.Read(file));
        }
    }

    [Fact]
    public void Latest_whole_checkpoint_of_a_folder_is_taken()
    {
        TrainingRun run = SavedRun();
        string place = Path.GetDirectoryName(run.Checkpoint!)!,
            later = Path.Combine(place, "epoch0009-step0000009999.checkpoint");
        File.WriteAllText(later, "CNSHCKP1 and then nothing of use");
        var warnings = new List<string>();
        Assert.Equal(run.Checkpoint, Checkpoint.Read(place, warnings.Add).Path);
        Assert.Contains(later, Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Other_network_is_refused()
    {
        Checkpoint checkpoint = Checkpoint.Read(SavedRun().Checkpoint!);
        using Network other = TinyData.Network("fc3");
        var error = Assert.Throws<CheckpointException>(() =>
            Trainer.Resume(checkpoint, TinyData.Dataset(), new ResumeOptions { Network = other })
        );
        Assert.Equal("Checkpoint.OtherNetwork", error.ErrorId);
        Assert.Contains("Received: 2x6x6 -> fc3", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_data_is_refused_unless_forced()
    {
        Checkpoint checkpoint = Checkpoint.Read(SavedRun().Checkpoint!);
        Dataset other = TinyData.Dataset().WithSplits(TinyData.Easy(48, 9), TinyData.Easy(12, 2, "Validation"), null);
        Assert.Equal("Checkpoint.OtherData", Assert.Throws<CheckpointException>(() => Trainer.Resume(checkpoint, other)).ErrorId);
        TrainingRun forced = Trainer.Resume(checkpoint, other, new ResumeOptions { Force = true, Epochs = 6 });
        forced.Network.Dispose();
        Assert.Equal(6, forced.History.Count);
    }

    [Fact]
    public void Folder_that_cannot_be_written_is_told_before_training()
    {
        string file = folder["a-file"];
        File.WriteAllText(file, "in the way");
        using Network network = TinyData.Network();
        var callback = new RecordingCallback(_ => { });
        var settings = new TrainingSettings
        {
            BatchSize = 8,
            Device = "cpu",
            Checkpoints = new CheckpointSettings { Path = Path.Combine(file, "within") },
        };
        Assert.Equal(
            "Storage.Unwritable",
            Assert.Throws<StorageException>(() => Trainer.Train(network, TinyData.Dataset(), settings, callback)).ErrorId
        );
        Assert.Empty(callback.Steps);
        Assert.Null(network.Normalization);
    }

    [Fact]
    public void Folder_of_another_run_is_not_written_into()
    {
        TrainingRun run = SavedRun();
        using Network network = TinyData.Network();
        Assert.Equal(
            "Storage.NotEmpty",
            Assert.Throws<StorageException>(() => Trainer.Train(network, TinyData.Dataset(), run.Settings)).ErrorId
        );
    }

    [Theory]
    [InlineData(12, 0, 0)] // at the end of an epoch
    [InlineData(0, 1, 0)]
    [InlineData(0, 0, 1)]
    public void What_ends_a_run_early_saves_its_end(int maxSteps, int patience, int overfitBatches)
    {
        using Network network = TinyData.Network(Spec);
        TrainingSettings settings = Saved(
            new TrainingSettings
            {
                MaxSteps = maxSteps,
                Patience = patience,
                OverfitBatches = overfitBatches,
            },
            everySteps: 0
        );
        TrainingRun run = Trainer.Train(
            network,
            TinyData.Dataset(),
            settings with
            {
                Epochs = 500,
                Checkpoints = settings.Checkpoints! with { Every = 500 },
            }
        );
        Assert.NotEqual(StopReason.Epochs, run.StopReason);
        Checkpoint end = Checkpoint.Read(run.Checkpoint!);
        Assert.Equal(run.History.Select(Figures), end.Header.History.Select(Figures));

        // There is nothing left to do: as if it had never been interrupted.
        var told = new RecordingCallback(_ => { });
        TrainingRun again = Trainer.Resume(end, TinyData.Dataset(), null, told);
        Assert.Equal((run.StopReason, run.History.Count, run.Best!.Epoch), (again.StopReason, again.History.Count, again.Best!.Epoch));
        Assert.Equal(TrainerTests.Weights(run.Network), TrainerTests.Weights(again.Network));
        Assert.Equal(maxSteps == 0, told.Warnings.Any(warning => warning.StartsWith("The run had ended", StringComparison.Ordinal)));
    }

    [Fact]
    public void Patience_at_its_end_goes_on_with_more()
    {
        using Network network = TinyData.Network("conv3x3x4 relu fc3");
        TrainingRun run = Trainer.Train(
            network,
            TinyData.Dataset(),
            Saved(new TrainingSettings { Patience = 1, LearningRate = 1e-12 }, everySteps: 0)
        );
        Assert.Equal(StopReason.Patience, run.StopReason);
        TrainingRun more = Trainer.Resume(Checkpoint.Read(run.Checkpoint!), TinyData.Dataset(), new ResumeOptions { Patience = 0 });
        Assert.Equal((StopReason.Epochs, 4), (more.StopReason, more.History.Count));
    }

    [Fact]
    public void A_run_at_its_limit_goes_on_with_another()
    {
        using Network network = TinyData.Network(Spec);
        TrainingRun run = Trainer.Train(network, TinyData.Dataset(), Saved(new TrainingSettings { MaxSteps = 12 }, everySteps: 0));
        Assert.Equal((StopReason.MaxSteps, 2), (run.StopReason, run.History.Count));
        TrainingRun more = Trainer.Resume(Checkpoint.Read(run.Checkpoint!), TinyData.Dataset(), new ResumeOptions { MaxSteps = 0 });
        Assert.Equal((StopReason.Epochs, 4), (more.StopReason, more.History.Count));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(2, 3)]
    public void Best_and_latest_are_kept(int keepTop, int most)
    {
        using Network network = TinyData.Network(Spec);
        TrainingSettings settings = Saved(new TrainingSettings(), everySteps: 0);
        TrainingRun run = Trainer.Train(
            network,
            TinyData.Dataset(),
            settings with
            {
                Epochs = 8,
                Checkpoints = settings.Checkpoints! with { KeepTop = keepTop },
            }
        );
        string[] files =
        [
            .. Directory
                .GetFiles(settings.Checkpoints!.Path)
                .Select(Path.GetFileName)
                .OfType<string>()
                .Where(name => name != "start.checkpoint"),
        ];
        Assert.InRange(files.Length, 1, most);
        Assert.Contains("epoch0008-step0000000048.checkpoint", files);
        Assert.True(keepTop == 0 || files.Any(name => name.StartsWith($"epoch{run.Best!.Epoch:0000}", StringComparison.Ordinal)));
    }

    [Fact]
    public void First_steps_can_be_reproduced()
    {
        TrainingRun run = SavedRun();
        var report = ReproductionCheck.Run(Checkpoint.Read(run.Checkpoint!), TinyData.Dataset(), 20);
        Assert.True(report.Same);
        Assert.Equal(20, report.Steps);
        Assert.Empty(report.Changes);
    }

    [Fact]
    public void First_steps_can_be_reproduced_with_what_the_control_changed_in_them()
    {
        using Network network = TinyData.Network(Spec);
        TrainingRun? begun = null;
        var callback = new RecordingCallback(
            step =>
            {
                if (step == 3)
                {
                    (begun!.Control.Momentum, begun.Control.WeightDecay, begun.Control.BatchSize) = (0.5, 0.1, 12);
                }
            },
            run => (begun = run).Control.LearningRate = 0.01
        );
        TrainingRun run = Trainer.Train(network, TinyData.Dataset(), Saved(new TrainingSettings(), everySteps: 0), callback);
        Assert.Equal([0, 3, 3, 6], run.Changes.Select(change => change.Step)); // the batch size with the second epoch
        var report = ReproductionCheck.Run(Checkpoint.Read(run.Checkpoint!), TinyData.Dataset(), 20);
        Assert.True(report.Same);
        Assert.Equal(18, report.Steps);
    }

    [Fact]
    public void First_step_that_differs_is_named_and_what_changed()
    {
        TrainingRun run = SavedRun();
        DatasetSplit train = TinyData.Easy(48, 1);
        train.PixelArray[0] ^= 1;
        var report = ReproductionCheck.Run(
            Checkpoint.Read(run.Checkpoint!),
            TinyData.Dataset().WithSplits(train, TinyData.Easy(12, 2, "Validation"), null),
            20
        );
        Assert.False(report.Same);
        Assert.InRange(report.FirstDifference!.Value, 1, 6);
        Assert.Contains("the data has changed", Assert.Single(report.Changes), StringComparison.Ordinal);
    }

    private static int Rank(string change) => Array.IndexOf(["LearningRate", "Momentum", "WeightDecay", "BatchSize"], change.Split(' ')[0]);

    private static (double, double, double, double, double) Figures(Display.Records.Training.EpochRecord epoch) =>
        (epoch.TrainLoss, epoch.TrainAccuracy, epoch.ValidationLoss, epoch.ValidationAccuracy, epoch.LearningRate);

    private TrainingRun SavedRun()
    {
        using Network network = TinyData.Network(Spec);
        return Trainer.Train(network, TinyData.Dataset(), Saved(new TrainingSettings(), everySteps: 0));
    }

    private TrainingSettings Saved(TrainingSettings settings, int everySteps) =>
        settings with
        {
            Epochs = 4,
            BatchSize = 8,
            Device = "cpu",
            Checkpoints = new CheckpointSettings { Path = folder["run"], EverySteps = everySteps },
        };
}
