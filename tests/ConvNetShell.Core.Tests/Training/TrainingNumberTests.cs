using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Inference.Metrics;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Training.Loop;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Core.Training.Settings;
using ConvNetShell.Display.Records.Training;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Tests.Training;

/// <summary>Losses, gradients and limits at the edges of what may be set.</summary>
public sealed class TrainingNumberTests
{
    private static readonly TrainingSettings Quick = new()
    {
        Epochs = 1,
        BatchSize = 8,
        Threads = 1,
        Device = "cpu",
    };

    [Fact]
    public void The_whole_smoothed_loss_of_an_image_is_weighted_by_its_class()
    {
        TrainingSettings settings = Quick with { ClassWeights = [3, 1, 0.5], LabelSmoothing = 0.2 };
        using Tensor logits = tensor(new[] { 1f, 2f, 3f, 0f, 0f, 1f }, 2, 3),
            labels = tensor(new long[] { 0, 2 });
        using var loss = new TrainingLoss(settings, TinyData.Dataset(), CPU);
        using Tensor one = nn.functional.cross_entropy(logits[..1], labels[..1], label_smoothing: 0.2),
            two = nn.functional.cross_entropy(logits[1..], labels[1..], label_smoothing: 0.2),
            mean = loss.Of(logits, labels, null);
        Assert.Equal((3 * one.item<float>() + 0.5 * two.item<float>()) / 3.5, mean.item<float>(), 5);
    }

    [Fact]
    public void A_batch_that_weighs_nothing_costs_nothing()
    {
        using var loss = new TrainingLoss(Quick with { ClassWeights = [0, 1, 1] }, TinyData.Dataset(), CPU);
        using Tensor logits = ones(4, 3, requires_grad: true),
            labels = zeros(4, ScalarType.Int64),
            cost = loss.Of(logits, labels, null);
        cost.backward();
        Assert.Equal(0, cost.item<float>());
        Assert.Equal(0, logits.grad!.abs().sum().item<float>());
    }

    [Fact]
    public void Zero_class_weights_train_to_numbers()
    {
        using Network network = TinyData.Network();
        TrainingRun run = Trainer.Train(network, TinyData.Dataset(), Quick with { BatchSize = 2, Threads = 2, ClassWeights = [0, 0, 1] });
        Assert.True(double.IsFinite(run.History[0].TrainLoss));
        Assert.Equal("0, 0, 1", run.Network.Training!.Settings["ClassWeights"]);
    }

    [Fact]
    public void Outputs_that_are_not_numbers_are_never_right()
    {
        using Tensor logits = tensor(new[] { float.NaN, float.NaN, 1f, 0f }, 2, 2),
            labels = zeros(2, ScalarType.Int64),
            loss = tensor(1f);
        using var meter = new LossAccumulator();
        meter.Add(loss, logits, labels);
        Assert.Equal(0.5, meter.Accuracy);
    }

    [Fact]
    public void Of_equal_outputs_the_first_is_predicted()
    {
        using var scope = NewDisposeScope();
        using var meter = new LossAccumulator();
        meter.Add(tensor(1f), tensor(new[] { 0f, 2f, 2f, 1f, 1f, 0f }, 3, 2).t(), tensor(new long[] { 1, 0 }));
        Assert.Equal(1, meter.Accuracy); // scores 0, 2, 1 and 2, 1, 0
        meter.Add(tensor(1f), tensor(new[] { 2f, 2f, 1f, 3f }, 2, 2), tensor(new long[] { 1, 1 }));
        Assert.Equal(0.75, meter.Accuracy);
    }

    [Fact]
    public void Gradients_have_a_length_whatever_is_accumulated()
    {
        using Network network = TinyData.Network();
        TrainingRun run = Trainer.Train(network, TinyData.Dataset(), Quick with { Epochs = 3, AccumulateBatches = 2 });
        Assert.All(run.History, epoch => Assert.True(epoch.GradientNorm > 0));
    }

    [Fact]
    public void Each_layer_has_the_length_of_its_own_gradients()
    {
        using Network network = TinyData.Network("conv3x3x4 relu res(conv3x3x4 relu) fc3");
        TrainingRun run = Trainer.Train(network, TinyData.Dataset(), Quick with { Epochs = 2, BatchSize = 48 });
        Assert.Equal(["conv1", "res1.conv1", "fc1"], run.LayerGradients.Where(row => row.Epoch == 2).Select(row => row.Layer));
        Assert.Equal(6, run.LayerGradients.Count);
        foreach (EpochRecord epoch in run.History)
        {
            double[] own = [.. run.LayerGradients.Where(row => row.Epoch == epoch.Epoch).Select(row => row.GradientNorm)];
            Assert.All(own, length => Assert.True(length > 0));
            Assert.Equal(epoch.GradientNorm, Math.Sqrt(own.Sum(length => length * length)), 1e-5); // one step an epoch
        }
    }

    [Fact]
    public void Each_step_has_the_learning_rate_of_the_schedule()
    {
        using Network network = TinyData.Network();
        TrainingSettings settings = Quick with { Epochs = 2, LearningRate = 0.03, Schedule = ScheduleKind.Cosine };
        TrainingRun run = Trainer.Train(network, TinyData.Dataset(), settings);
        Assert.Equal(
            Enumerable.Range(1, 12).Select(step => ((long)step, (step + 5) / 6)),
            run.LearningRates.Select(row => (row.Step, row.Epoch))
        );
        Assert.All(
            run.LearningRates,
            row => Assert.Equal(0.03 * 0.5 * (1 + Math.Cos(Math.PI * (row.Step - 1) / 12)), row.LearningRate, 1e-12)
        );
    }

    /// <summary>Six batches in groups of five: the last group has one, whose gradients count whole.</summary>
    [Fact]
    public void An_incomplete_last_group_is_divided_by_its_own_count()
    {
        TrainingSettings settings = Quick with { BatchSize = 48, Epochs = 1, KeepLast = true, Schedule = ScheduleKind.Constant };
        using Network alone = TinyData.Network(),
            gathered = TinyData.Network();
        Trainer.Train(alone, TinyData.Dataset(), settings);
        Trainer.Train(gathered, TinyData.Dataset(), settings with { AccumulateBatches = 4 });
        Assert.Equal(TrainerTests.Weights(alone), TrainerTests.Weights(gathered));
    }

    [Fact]
    public void Batch_normalization_of_single_values_is_refused()
    {
        using Network single = TinyData.Network("fc4 bn fc3"),
            maps = TinyData.Network("conv3x3x4 bn fc3");
        var error = Assert.Throws<InvalidSettingException>(() => Trainer.Train(single, TinyData.Dataset(), Quick with { BatchSize = 1 }));
        Assert.Contains("bn1", error.Message, StringComparison.Ordinal);
        Assert.True(double.IsFinite(Trainer.Train(maps, TinyData.Dataset(), Quick with { BatchSize = 1 }).History[0].TrainLoss));
    }

    [Fact]
    public void A_small_fraction_of_the_images_is_a_batch()
    {
        using Network network = TinyData.Network();
        TrainingRun run = Trainer.Train(network, TinyData.Dataset(), Quick with { BatchSize = 40, TrainFraction = 0.1 });
        Assert.Equal(run.Dataset.Train.Count, run.Settings.BatchSize);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(25)]
    [InlineData(30)]
    public void A_short_search_suggests_a_learning_rate(int steps)
    {
        using Network network = TinyData.Network();
        Assert.True(LearningRateFinder.Find(network, TinyData.Dataset(), Quick, steps: steps).Suggestion > 0);
    }

    [Fact]
    public void Fewer_epochs_than_a_run_was_begun_with_are_warned_of()
    {
        using var folder = new Data.TestFolder();
        using Network network = TinyData.Network();
        TrainingSettings settings = Quick with
        {
            Epochs = 6,
            MaxSteps = 12,
            Checkpoints = new CheckpointSettings { Path = folder["run"] },
        };
        Trainer.Train(network, TinyData.Dataset(), settings);
        var callback = new RecordingCallback(_ => { });
        Trainer
            .Resume(
                Core.Training.Checkpoints.Checkpoint.Read(folder["run"]),
                TinyData.Dataset(),
                new ResumeOptions { Epochs = 3, MaxSteps = 0 },
                callback
            )
            .Network.Dispose();
        Assert.Contains("-Epochs 3 ends a run of 6 epochs early", Assert.Single(callback.Warnings), StringComparison.Ordinal);
    }
}
