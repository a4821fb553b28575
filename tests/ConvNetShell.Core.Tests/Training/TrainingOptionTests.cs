using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Data.Augmentations;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Presets;
using ConvNetShell.Core.Training.Loop;
using ConvNetShell.Core.Training.Optimizers;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Core.Training.Settings;
using ConvNetShell.Display.Records.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Tests.Training;

public sealed class TrainingOptionTests
{
    private const string Plain = "conv3x3x4 relu pool2 fc3";
    private static readonly TrainingSettings Quick = new()
    {
        Epochs = 4,
        BatchSize = 8,
        LearningRate = 0.05,
        Device = "cpu",
        Precision = Precision.Float32,
    };

    [Fact]
    public void Gathered_gradients_are_those_of_a_larger_batch()
    {
        float[] gathered = Train(Quick with { BatchSize = 8, AccumulateBatches = 3, Schedule = ScheduleKind.Constant, KeepLast = true }),
            whole = Train(Quick with { BatchSize = 24, Schedule = ScheduleKind.Constant, KeepLast = true });
        Assert.All(gathered.Zip(whole), pair => Assert.Equal(pair.Second, pair.First, 1e-4));
    }

    [Theory]
    [InlineData(7, 2)]
    [InlineData(12, 2)] // the third epoch has no step, so no record
    public void Max_steps_ends_the_run_with_a_record(int steps, int epochs)
    {
        using Network network = TinyData.Network(Plain);
        var callback = new RecordingCallback(_ => { });
        TrainingRun run = Trainer.Train(network, TinyData.Dataset(), Quick with { MaxSteps = steps }, callback);
        Assert.Equal((steps, StopReason.MaxSteps, RunStatus.Completed), (callback.Steps.Count, run.StopReason, run.Status));
        Assert.Equal(epochs, run.History.Count);
        Assert.All(run.History, epoch => Assert.True(double.IsFinite(epoch.TrainLoss)));
    }

    [Fact]
    public void Max_time_ends_the_run()
    {
        using Network network = TinyData.Network(Plain);
        TrainingRun run = Trainer.Train(
            network,
            TinyData.Dataset(),
            Quick with
            {
                Epochs = 100_000,
                MaxTime = TimeSpan.FromMilliseconds(300),
            }
        );
        Assert.Equal(StopReason.MaxTime, run.StopReason);
        Assert.NotEmpty(run.History);
    }

    [Fact]
    public void Patience_ends_the_run_after_epochs_without_a_better_one()
    {
        using Network network = TinyData.Network(Plain);
        var data = new Dataset(
            "Noise",
            "test",
            ["a", "b", "c"],
            TinyData.Noise(40, 3, TinyData.Picture, 1),
            TinyData.Noise(40, 3, TinyData.Picture, 2, "Validation")
        );
        TrainingRun run = Trainer.Train(
            network,
            data,
            Quick with
            {
                Epochs = 200,
                Patience = 3,
                Monitor = MonitorKind.ValidationLoss,
                Schedule = ScheduleKind.Constant,
            }
        );
        Assert.Equal(StopReason.Patience, run.StopReason);
        Assert.Equal(run.Best!.Epoch + 3, run.History.Count);
        Assert.Equal(run.History.Min(epoch => epoch.ValidationLoss), run.Best.ValidationLoss);
    }

    [Fact]
    public void Keep_last_leaves_the_last_weights()
    {
        var data = new Dataset(
            "Noise",
            "test",
            ["a", "b", "c"],
            TinyData.Noise(40, 3, TinyData.Picture, 1),
            TinyData.Noise(40, 3, TinyData.Picture, 2, "Validation")
        );
        TrainingSettings wild = Quick with { Epochs = 8, LearningRate = 0.5, Schedule = ScheduleKind.Constant };
        using Network best = TinyData.Network("conv3x3x4 bn relu fc3"),
            last = TinyData.Network("conv3x3x4 bn relu fc3");
        TrainingRun run = Trainer.Train(best, data, wild);
        Trainer.Train(last, data, wild with { KeepLast = true });
        Assert.NotEqual(run.Best, run.History[^1]);
        Assert.NotEqual(TrainerTests.Weights(best), TrainerTests.Weights(last));
    }

    [Fact]
    public void Two_batches_are_learned_by_heart()
    {
        using Network network = TinyData.Network("conv3x3x16 relu fc32 relu fc3");
        var noise = new Dataset("Noise", "test", ["a", "b", "c"], TinyData.Noise(200, 3, TinyData.Picture, 1));
        var callback = new RecordingCallback(_ => { });
        TrainingSettings recipe = TrainingRecipe.ForOverfitting(
            Quick with
            {
                LabelSmoothing = 0.2,
                Augmentation = new Augmentation(flip: true, shift: 1),
            },
            2
        );
        TrainingRun run = Trainer.Train(network, noise, recipe, callback);
        Assert.Equal(16, run.Dataset.Train.Count);
        Assert.Equal((StopReason.Overfit, Augmentation.None), (run.StopReason, run.Settings.Augmentation));
        Assert.InRange(run.History[^1].ValidationLoss, 0, 0.01);
        Assert.True(run.History.Count < recipe.Epochs && run.History.SkipLast(1).All(epoch => epoch.ValidationLoss > 0.01));
        Assert.Empty(callback.Warnings);
    }

    [Fact]
    public void A_network_that_cannot_learn_two_batches_is_named()
    {
        using Network network = TinyData.Network("conv3x3x1 globalavg fc3"); // all pictures go through one number
        var noise = new Dataset("Noise", "test", ["a", "b", "c"], TinyData.Noise(200, 3, TinyData.Picture, 1));
        var callback = new RecordingCallback(_ => { });
        TrainingRun run = Trainer.Train(network, noise, TrainingRecipe.ForOverfitting(Quick, 2), callback);
        Assert.Equal((StopReason.Epochs, 300), (run.StopReason, run.History.Count));
        Assert.Contains(
            callback.Warnings,
            text =>
                text.Contains("these 16 images is still ", StringComparison.Ordinal)
                && text.Contains(" at the end of epoch 300, not 0.01 or less", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Share_of_train_keeps_the_share_of_each_class()
    {
        using Network network = TinyData.Network(Plain);
        TrainingRun run = Trainer.Train(network, TinyData.Dataset(), Quick with { TrainFraction = 0.5 });
        Assert.Equal([8, 8, 8], run.Dataset.Train.Labels.GroupBy(label => label).Select(group => group.Count()));
        Assert.Equal(48, run.SourceDataset.Train.Count);
    }

    [Fact]
    public void Smoothing_spreads_the_target()
    {
        using var scope = NewDisposeScope();
        using var loss = new TrainingLoss(Quick with { LabelSmoothing = 0.3 }, TinyData.Dataset(), CPU);
        Tensor logits = tensor(
            new float[,]
            {
                { 1, 2, 4 },
            }
        );
        double[] logs = [.. logits.log_softmax(1).data<float>().Select(value => (double)value)];
        Assert.Equal(-(0.8 * logs[2] + 0.1 * logs[0] + 0.1 * logs[1]), loss.Of(logits, tensor(new long[] { 2 }), null).item<float>(), 1e-5);
    }

    [Fact]
    public void Class_weights_weigh()
    {
        using var scope = NewDisposeScope();
        using var loss = new TrainingLoss(Quick with { ClassWeights = [1, 2, 0] }, TinyData.Dataset(), CPU);
        Tensor logits = tensor(
            new float[,]
            {
                { 1, 2, 4 },
                { 0, 1, 0 },
                { 3, 1, 1 },
            }
        );
        double[] logs = [.. logits.log_softmax(1).data<float>().Select(value => (double)value)];
        Assert.Equal(-(logs[0] + 2 * logs[4]) / 3, loss.Of(logits, tensor(new long[] { 0, 1, 2 }), null).item<float>(), 1e-5);
    }

    [Fact]
    public void Balanced_weights_make_classes_count_alike() =>
        Assert.Equal(
            [8.0 / 12, 8.0 / 3, 0, 8.0 / 9],
            TrainingLoss.Balanced(new DatasetSplit("Train", new Shape(1), new byte[8], [0, 0, 0, 0, 1, 3, 3, 3]), 4)
        );

    [Theory]
    [InlineData(new double[] { 1, 2 })]
    [InlineData(new double[] { 1, -1, 1 })]
    [InlineData(new double[] { 0, 0, 0 })]
    [InlineData(new[] { 1, double.NaN, 1 })]
    public void There_must_be_one_weight_a_class(double[] weights)
    {
        using Network network = TinyData.Network(Plain);
        Assert.Equal(
            "ClassWeight",
            Assert
                .Throws<InvalidSettingException>(() => Trainer.Train(network, TinyData.Dataset(), Quick with { ClassWeights = weights }))
                .Setting
        );
    }

    [Fact]
    public void Gradients_are_shortened()
    {
        float[] start = Train(Quick with { LearningRate = 1e-12 }),
            free = Train(Quick with { MaxSteps = 1, Momentum = 0, WeightDecay = 0, Schedule = ScheduleKind.Constant, LearningRate = 1 });
        float[] clipped = Train(
            Quick with
            {
                MaxSteps = 1,
                Momentum = 0,
                WeightDecay = 0,
                Schedule = ScheduleKind.Constant,
                LearningRate = 1,
                ClipNorm = 0.01,
            }
        );
        Assert.Equal(0.01, Length(clipped.Zip(start, (a, b) => a - b)), 1e-4);
        Assert.InRange(Length(free.Zip(start, (a, b) => a - b)), 0.02, 100);
        return;

        static double Length(IEnumerable<float> values) => Math.Sqrt(values.Sum(value => (double)value * value));
    }

    [Theory]
    [InlineData(AverageKind.EMA)]
    [InlineData(AverageKind.SWA)]
    public void Averaged_weights_are_the_ones_that_are_kept(AverageKind kind)
    {
        float[] plain = Train(Quick with { Epochs = 8, KeepLast = true }),
            averaged = Train(Quick with { Epochs = 8, KeepLast = true, Average = kind, AverageDecay = 0.9 });
        Assert.NotEqual(plain, averaged);
        Assert.All(averaged, weight => Assert.True(float.IsFinite(weight)));
    }

    [Fact]
    public void Swa_is_the_mean_of_the_last_epochs()
    {
        using Network network = TinyData.Network("fc3");
        using var average = new WeightAverage(network, Quick with { Average = AverageKind.SWA });
        using var noGradients = no_grad();
        foreach (int epoch in Enumerable.Range(1, 8))
        {
            network.Parameters[0].Value.fill_(epoch);
            average.AfterEpoch(epoch, 8);
        }
        average.Swap();
        Assert.Equal(7.5f, network.Parameters[0].Value.data<float>()[0]); // epochs 7 and 8 are the last quarter
        average.Swap();
        Assert.Equal(8f, network.Parameters[0].Value.data<float>()[0]);
    }

    [Fact]
    public void Stop_on_the_control_ends_the_run_and_keeps_it()
    {
        using Network network = TinyData.Network(Plain);
        TrainingRun? begun = null;
        var callback = new RecordingCallback(
            step =>
            {
                if (step == 9)
                {
                    begun!.Control.Stop();
                }
            },
            run => begun = run
        );
        TrainingRun run = Trainer.Train(network, TinyData.Dataset(), Quick, callback);
        Assert.Equal((RunStatus.Stopped, StopReason.Request, 9, 1), (run.Status, run.StopReason, callback.Steps.Count, run.History.Count));
    }

    [Fact]
    public void Paused_run_waits_until_it_may_go_on()
    {
        using Network network = TinyData.Network(Plain);
        TrainingRun? begun = null;
        var callback = new RecordingCallback(
            step =>
            {
                if (step == 3)
                {
                    begun!.Control.Pause();
                    _ = Task.Delay(300).ContinueWith(_ => begun.Control.Continue(), TaskScheduler.Default);
                }
            },
            run => begun = run
        );
        TrainingRun run = Trainer.Train(network, TinyData.Dataset(), Quick, callback);
        Assert.Equal((RunStatus.Completed, 24), (run.Status, callback.Steps.Count));
        Assert.False(run.Control.IsPaused);
    }

    [Fact]
    public void Paused_run_can_be_stopped()
    {
        using Network network = TinyData.Network(Plain);
        using var stop = new CancellationTokenSource();
        TrainingRun? begun = null;
        var callback = new RecordingCallback(
            step =>
            {
                if (step == 3)
                {
                    begun!.Control.Pause();
                    stop.CancelAfter(100);
                }
            },
            run => begun = run
        );
        Assert.Equal(StopReason.Interrupt, Trainer.Train(network, TinyData.Dataset(), Quick, callback, stop.Token).StopReason);
    }

    [Fact]
    public void History_tells_where_time_and_loss_go()
    {
        using Network network = TinyData.Network(Plain);
        EpochRecord epoch = Trainer
            .Train(network, TinyData.Dataset(), Quick with { WeightDecay = 0.1, KeepLast = true, Epochs = 1 })
            .History[0];
        Assert.True(epoch.GradientNorm > 0);
        Assert.True(epoch.DataTime > TimeSpan.Zero && epoch.ForwardTime > TimeSpan.Zero && epoch.BackwardTime > TimeSpan.Zero);
        double squares = network.Parameters.Sum(parameter => parameter.Value.data<float>().Sum(value => (double)value * value));
        Assert.Equal(0.05 * squares, epoch.DecayLoss, 1e-4);
    }

    [Fact]
    public void First_loss_far_from_chance_is_said_once()
    {
        using Network network = TinyData.Network("fc3 scale50");
        var callback = new RecordingCallback(_ => { });
        Trainer.Train(network, TinyData.Dataset(), Quick with { LearningRate = 1e-6 }, callback);
        Assert.Contains("ln(3) = 1.099", Assert.Single(callback.Warnings), StringComparison.Ordinal);
        callback.Warnings.Clear();
        Trainer.Train(network, TinyData.Dataset(), Quick with { LearningRate = 1e-6 }, callback); // no first training any more
        Assert.Empty(callback.Warnings);
    }

    [Fact]
    public void Trainings_beside_each_other_do_not_disturb_each_other()
    {
        TrainingSettings settings = Quick with { Augmentation = new Augmentation(flip: true, shift: 1) };
        const string spec = "conv3x3x4 bn relu drop0.3 fc3";
        float[] alone = Train(settings, spec),
            other = Train(settings with { Seed = 8 }, spec);
        var results = new float[4][];
        Thread[] threads =
        [
            .. Enumerable.Range(0, 4).Select(i => new Thread(() => results[i] = Train(settings with { Seed = i % 2 == 0 ? 0 : 8 }, spec))),
        ];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Assert.Equal(alone, results[0]);
        Assert.Equal(other, results[1]);
        Assert.Equal(alone, results[2]);
        Assert.Equal(other, results[3]);
    }

    [Theory]
    [InlineData(ScheduleKind.Step, 5, 0)]
    [InlineData(ScheduleKind.Plateau, 4, 0)]
    [InlineData(ScheduleKind.OneCycle, 0, 4)]
    public void Schedule_must_fit_the_run(ScheduleKind schedule, double every, double warmUp)
    {
        using Network network = TinyData.Network(Plain);
        TrainingSettings settings = Quick with { Schedule = schedule, WarmupEpochs = warmUp };
        settings = every > 0 ? settings with { StepSize = every } : settings;
        Assert.Equal("Epochs", Assert.Throws<InvalidSettingException>(() => Trainer.Train(network, TinyData.Dataset(), settings)).Setting);
    }

    [Fact]
    public void Threads_are_those_asked_for_and_put_back()
    {
        int before = get_num_threads();
        using Network network = TinyData.Network(Plain);
        int within = 0;
        TrainingRun run = Trainer.Train(
            network,
            TinyData.Dataset(),
            Quick with
            {
                Threads = 1,
                Epochs = 1,
            },
            new RecordingCallback(_ => { }, begun => within = begun.Settings.Threads)
        );
        Assert.Equal((1, "1", before), (within, run.Versions["Threads"], get_num_threads()));
    }

    private static float[] Train(TrainingSettings settings, string spec = Plain)
    {
        using Network network = TinyData.Network(spec);
        Trainer.Train(network, TinyData.Dataset(), settings);
        return TrainerTests.Weights(network);
    }
}
