using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Data.Augmentations;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Inference;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Training.Loop;
using ConvNetShell.Core.Training.Optimizers;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Core.Training.Settings;
using ConvNetShell.Display.Records.Evaluation;
using ConvNetShell.Display.Records.Training;

namespace ConvNetShell.Core.Tests.Training;

public sealed class TrainerTests
{
    private static readonly TrainingSettings Quick = new()
    {
        Epochs = 4,
        BatchSize = 8,
        LearningRate = 0.05,
        Device = "cpu",
        Precision = Precision.Float32,
    };

    [Theory]
    [InlineData(OptimizerKind.SGD, 0.05)]
    [InlineData(OptimizerKind.Adam, 0.01)]
    [InlineData(OptimizerKind.AdamW, 0.01)]
    [InlineData(OptimizerKind.Adadelta, 1)]
    [InlineData(OptimizerKind.RMSprop, 0.002)]
    [InlineData(OptimizerKind.Muon, 0.05)]
    public void Learns_what_is_easy(OptimizerKind optimizer, double rate)
    {
        using Network network = TinyData.Network();
        TrainingRun run = Trainer.Train(network, TinyData.Dataset(), Quick with { Epochs = 8, Optimizer = optimizer, LearningRate = rate });
        Assert.Equal(RunStatus.Completed, run.Status);
        Assert.InRange(run.Best!.ValidationAccuracy, 0.95, 1);
        Assert.True(run.History[^1].TrainLoss < run.History[0].TrainLoss);
        Assert.Equal(["dark", "middle", "bright"], network.Classes);
        Assert.NotNull(network.Normalization);
    }

    [Theory]
    [InlineData("conv3x3x4 relu pool2 fc3 softmax")]
    [InlineData("conv3x3x4-nobias bn relu drop0.3 fc3")]
    public void Same_seed_gives_the_same_weights(string spec)
    {
        var settings = Quick with { Augmentation = new Augmentation(flip: true, shift: 1) };
        float[] first = TrainedWeights(spec, settings with { Seed = 3 });
        Assert.Equal(first, TrainedWeights(spec, settings with { Seed = 3 }));
        Assert.NotEqual(first, TrainedWeights(spec, settings with { Seed = 4 }));
    }

    [Fact]
    public void Best_epochs_weights_are_in_place()
    {
        // Noise with a learning rate far too high: epochs go up and down.
        using Network network = TinyData.Network("conv3x3x4 bn relu fc3");
        var data = new Dataset(
            "Noise",
            "test",
            ["a", "b", "c"],
            TinyData.Noise(40, 3, TinyData.Picture, 1),
            TinyData.Noise(40, 3, TinyData.Picture, 2, "Validation")
        );
        TrainingRun run = Trainer.Train(network, data, Quick with { Epochs = 8, LearningRate = 0.5, Schedule = ScheduleKind.Constant });
        Assert.NotEqual(run.Best, run.History[^1]);
        Assert.Equal(run.History.Max(epoch => epoch.ValidationAccuracy), run.Best!.ValidationAccuracy);
        AccuracyReport report = Evaluator.Measure(TinyData.Match(network, data.Validation!, data.Name), "cpu");
        Assert.Equal(run.Best.ValidationAccuracy, report.Top1);
        Assert.Equal(run.Best.ValidationLoss, report.Loss, 6);
    }

    [Fact]
    public void Without_validation_the_last_epoch_is_the_best()
    {
        using Network network = TinyData.Network();
        var data = new Dataset("Tiny", "test", ["a", "b", "c"], TinyData.Easy(17, 1));
        TrainingRun run = Trainer.Train(network, data, Quick with { ValidationFraction = 0 });
        Assert.Equal(4, run.Best!.Epoch);
        Assert.True(double.IsNaN(run.Best.ValidationAccuracy));
        Assert.Null(run.Dataset.Validation);
    }

    [Fact]
    public void Holds_out_a_validation_split_where_there_is_none()
    {
        using Network network = TinyData.Network();
        var data = new Dataset("Tiny", "test", ["a", "b", "c"], TinyData.Easy(30, 1));
        TrainingRun run = Trainer.Train(network, data, Quick with { ValidationFraction = 0.2 });
        Assert.Equal((24, 6), (run.Dataset.Train.Count, run.Dataset.Validation!.Count));
        Assert.Equal([2, 2, 2], run.Dataset.Validation.Labels.GroupBy(label => label).Select(group => group.Count()));
    }

    [Theory]
    [InlineData(3, 0)] // within the first epoch
    [InlineData(14, 2)]
    public void Stops_after_the_step_that_is_under_way(int steps, int epochs)
    {
        using var stop = new CancellationTokenSource();
        using Network network = TinyData.Network();
        var callback = new RecordingCallback(step =>
        {
            if (step == steps)
            {
                stop.Cancel();
            }
        });
        TrainingRun run = Trainer.Train(network, TinyData.Dataset(), Quick, callback, stop.Token);
        Assert.Equal((RunStatus.Stopped, steps, epochs), (run.Status, callback.Steps.Count, run.History.Count));
        if (run.Best is EpochRecord best)
        {
            Assert.Equal(best.ValidationAccuracy, Evaluator.Measure(TinyData.Match(network, run.Dataset.Validation!, "Tiny"), "cpu").Top1);
        }
    }

    [Fact]
    public void Callbacks_hear_of_every_step_and_epoch()
    {
        using Network network = TinyData.Network();
        var callback = new RecordingCallback(_ => { });
        TrainingRun run = Trainer.Train(network, TinyData.Dataset(train: 20), Quick, callback);
        Assert.Equal(
            Enumerable.Range(0, 12).Select(i => (i / 3 + 1, i % 3 + 1, 3, 4)),
            callback.Steps.Select(s => (s.Epoch, s.Step, s.Steps, s.Epochs))
        );
        Assert.Equal(run.History, callback.Epochs);
        Assert.Equal(TimeSpan.Zero, callback.Steps[^1].TimeLeft);
    }

    [Fact]
    public void Error_of_a_callback_fails_the_run()
    {
        using Network network = TinyData.Network();
        float[] before = Weights(network);
        var callback = new RecordingCallback(_ => throw new TimeZoneNotFoundException());
        Assert.Throws<TimeZoneNotFoundException>(() => Trainer.Train(network, TinyData.Dataset(), Quick, callback));
        Assert.Equal(before, Weights(network));
    }

    internal static float[] Weights(Network network) => [.. network.State.SelectMany(tensor => tensor.Value.data<float>().ToArray())];

    private static float[] TrainedWeights(string spec, TrainingSettings settings)
    {
        using Network network = TinyData.Network(spec);
        Trainer.Train(network, TinyData.Dataset(), settings);
        return Weights(network);
    }
}
