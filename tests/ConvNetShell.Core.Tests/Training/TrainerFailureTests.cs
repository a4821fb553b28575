using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Training.Loop;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Core.Training.Settings;

namespace ConvNetShell.Core.Tests.Training;

public sealed class TrainerFailureTests
{
    private static readonly TrainingSettings Quick = new()
    {
        Epochs = 3,
        BatchSize = 8,
        Device = "cpu",
        Schedule = ScheduleKind.Constant,
    };

    [Fact]
    public void Loss_that_is_no_number_ends_the_run_and_names_the_place()
    {
        using Network network = TinyData.Network("conv3x3x4 relu fc3");
        float[] before = TrainerTests.Weights(network);
        var error = Assert.Throws<NonFiniteLossException>(() =>
            Trainer.Train(network, TinyData.Dataset(), Quick with { LearningRate = 1e30 })
        );
        Assert.Equal(("Training.NonFinite", 1), (error.ErrorId, error.Epoch));
        Assert.InRange(error.Step, 2, 4);
        Assert.Contains($"epoch 1, step {error.Step}", error.Message, StringComparison.Ordinal);
        Assert.Equal(RunStatus.Diverged, error.Run.Status);
        Assert.Empty(error.Run.History);
        Assert.Equal(before, TrainerTests.Weights(network)); // not left as NaN
    }

    [Fact]
    public void History_and_best_weights_are_kept_when_a_later_epoch_fails()
    {
        using Network network = TinyData.Network("conv3x3x4 relu fc3");
        var callback = new RecordingCallback(step =>
        {
            if (step == 7) // the first step of the second epoch
            {
                network
                    .Parameters[0]
                    .Value.data<float>()
                    .CopyFrom([.. Enumerable.Repeat(float.NaN, (int)network.Parameters[0].Value.numel())]);
            }
        });
        var error = Assert.Throws<NonFiniteLossException>(() => Trainer.Train(network, TinyData.Dataset(), Quick, callback));
        Assert.Equal((2, 2), (error.Epoch, error.Step));
        Assert.Contains("The first weights that are not finite are conv1.weight.", error.Message, StringComparison.Ordinal);
        Assert.Single(error.Run.History);
        Assert.All(TrainerTests.Weights(network), weight => Assert.True(float.IsFinite(weight)));
    }

    [Fact]
    public void Images_must_fit()
    {
        using Network network = TinyData.Network("fc3", new Shape(3, 32, 32));
        var error = Assert.Throws<ShapeMismatchException>(() => Trainer.Train(network, TinyData.Dataset(), Quick));
        Assert.Equal(("3x32x32", "2x6x6"), (error.Expected, error.Received));
        Assert.Contains("expected 3x32x32. Received: 2x6x6", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fc4")]
    [InlineData("conv3x3x3")]
    public void Classes_must_fit(string spec)
    {
        using Network network = TinyData.Network(spec);
        Assert.Contains(
            "3 classes",
            Assert.Throws<ShapeMismatchException>(() => Trainer.Train(network, TinyData.Dataset(), Quick)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_batch_has_at_most_all_images_and_a_warning_says_so()
    {
        using Network network = TinyData.Network();
        var callback = new RecordingCallback(_ => { });
        TrainingRun run = Trainer.Train(network, TinyData.Dataset(), Quick with { BatchSize = 49 }, callback);
        Assert.Equal(48, run.Settings.BatchSize);
        Assert.Contains("A batch has all 48 training images of Tiny, fewer than the 49 of -BatchSize.", callback.Warnings);
    }

    [Fact]
    public void Device_must_be_there()
    {
        using Network network = TinyData.Network();
        Assert.Equal(
            "Device",
            Assert
                .Throws<InvalidSettingException>(() => Trainer.Train(network, TinyData.Dataset(), Quick with { Device = "cuda:99" }))
                .Setting
        );
    }

    [Fact]
    public void What_does_not_fit_changes_nothing()
    {
        using Network network = TinyData.Network("fc4");
        Assert.Throws<ShapeMismatchException>(() => Trainer.Train(network, TinyData.Dataset(), Quick));
        Assert.Empty(network.Classes);
        Assert.Null(network.Normalization);
    }
}
