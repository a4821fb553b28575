using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Data.Augmentations;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Tests.Training;
using ConvNetShell.Core.Training.Checkpoints;
using ConvNetShell.Core.Training.Loop;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Core.Training.Settings;

namespace ConvNetShell.Gpu.Tests;

/// <summary>A training on a GPU: repeatable, resumed, without growth and without waiting, and an error where memory is short.</summary>
public sealed class TrainingTests
{
    private const string Spec = "conv3x3x8 bn relu pool2 drop0.2 conv3x3x8 relu fc3 softmax";

    private static readonly TrainingSettings Quick = new()
    {
        Epochs = 4,
        BatchSize = 8,
        LearningRate = 0.05,
        Device = Gpu.Name,
        Deterministic = true,
        Augmentation = new Augmentation { Flip = FlipKind.Random, Shift = 1 },
    };

    [Theory]
    [InlineData(Precision.Float32)]
    [InlineData(Precision.BFloat16)]
    public void It_learns_and_the_same_seed_gives_the_same(Precision precision)
    {
        Gpu.Require();
        using Network first = TinyData.Network(Spec),
            second = TinyData.Network(Spec);
        TrainingSettings settings = Quick with { Epochs = 12, Precision = precision };

        TrainingRun run = Trainer.Train(first, TinyData.Dataset(), settings),
            again = Trainer.Train(second, TinyData.Dataset(), settings);

        Assert.InRange(run.Best!.ValidationAccuracy, 0.9, 1);
        Assert.Equal(precision, run.Settings.Precision);
        Assert.Equal(run.History.Select(epoch => epoch.TrainLoss), again.History.Select(epoch => epoch.TrainLoss));
        Assert.Equal(Weights(first), Weights(second));
    }

    [Fact]
    public void A_stopped_run_is_resumed_to_the_same_weights()
    {
        Gpu.Require();
        string folder = Directory.CreateTempSubdirectory("cnsh-gpu-").FullName;
        try
        {
            using Network whole = TinyData.Network(Spec),
                broken = TinyData.Network(Spec);
            Dataset data = TinyData.Dataset();
            Trainer.Train(whole, data, Quick);
            TrainingSettings kept = Quick with { Checkpoints = new CheckpointSettings { Path = folder } };
            using var stop = new CancellationTokenSource();
            Trainer.Train(broken, data, kept, new StepWatcher(step => CancelAt(step, 9, stop)), stop.Token);

            TrainingRun resumed = Trainer.Resume(Checkpoint.Read(folder), data);

            Assert.Equal(RunStatus.Completed, resumed.Status);
            Assert.Equal(Weights(whole), Weights(resumed.Network));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void No_step_waits_for_the_GPU()
    {
        Gpu.RequireCuda();
        using Network network = TinyData.Network(Spec);
        var watcher = new StepWatcher(step =>
        {
            if (step == 10)
            {
                Synchronization.Forbid();
            }
            else if (step == 90)
            {
                Synchronization.Allow();
            }
        });
        try
        {
            Trainer.Train(network, TinyData.Dataset(train: 800), Quick with { Epochs = 1, Deterministic = false }, watcher);
        }
        finally
        {
            Synchronization.Allow();
        }
    }

    [Fact]
    public void Two_thousand_steps_take_no_more_memory_than_two_hundred()
    {
        Gpu.RequireCuda();
        using Network network = TinyData.Network(Spec);
        long early = 0,
            late = 0;
        var watcher = new StepWatcher(step =>
        {
            early = step == 200 ? UsedMegabytes() : early;
            late = step == 2000 ? UsedMegabytes() : late;
        });

        Trainer.Train(network, TinyData.Dataset(train: 800), Quick with { Epochs = 20 }, watcher);

        Assert.True(early > 0 && late > 0, "both were read");
        Assert.InRange(late - early, long.MinValue, 16);
    }

    [Fact]
    public void Too_large_a_batch_is_an_error_and_the_next_training_works()
    {
        Gpu.RequireCuda();
        using Network large = TinyData.Network("conv3x3x4096 relu conv3x3x4096 relu fc3 softmax", new Core.Numerics.Shape(3, 256, 256));
        Dataset data = new(
            "Large",
            "made by a test",
            ["0", "1", "2"],
            TinyData.Noise(512, 3, large.InputShape, 1),
            TinyData.Noise(8, 3, large.InputShape, 2, "Validation")
        );

        ExternalException error = Assert.ThrowsAny<ExternalException>(() =>
            Trainer.Train(large, data, Quick with { BatchSize = 512, Epochs = 1, Precision = Precision.Float32 })
        );

        Assert.Contains("out of memory", error.Message, StringComparison.OrdinalIgnoreCase);
        using Network small = TinyData.Network(Spec);
        Assert.Equal(RunStatus.Completed, Trainer.Train(small, TinyData.Dataset(), Quick).Status);
    }

    private static void CancelAt(int step, int last, CancellationTokenSource stop)
    {
        if (step == last)
        {
            stop.Cancel();
        }
    }

    private static float[] Weights(Network network) =>
        [
            .. network
                .State.Where(tensor => tensor.Value.is_floating_point())
                .SelectMany(tensor => tensor.Value.cpu().data<float>().ToArray()),
        ];

    private static long UsedMegabytes()
    {
        var start = new ProcessStartInfo("nvidia-smi", ["--query-gpu=memory.used", "--format=csv,noheader,nounits"])
        {
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        return long.Parse(output.Split('\n')[0], CultureInfo.InvariantCulture);
    }
}
