using ConvNetShell.Core.Data.Augmentations;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Training.Settings;

namespace ConvNetShell.Core.Tests.Training;

public sealed class TrainingSettingsTests
{
    public static TheoryData<string, Func<TrainingSettings>> Bad =>
        new()
        {
            {
                "Epochs",
                () =>
                    new() { Epochs = 0 }
            },
            {
                "Epochs",
                () =>
                    new() { Epochs = -1 }
            },
            {
                "BatchSize",
                () =>
                    new() { BatchSize = 0 }
            },
            {
                "LearningRate",
                () =>
                    new() { LearningRate = 0 }
            },
            {
                "LearningRate",
                () =>
                    new() { LearningRate = -0.1 }
            },
            {
                "LearningRate",
                () =>
                    new() { LearningRate = double.NaN }
            },
            {
                "LearningRate",
                () =>
                    new() { LearningRate = double.PositiveInfinity }
            },
            {
                "Momentum",
                () =>
                    new() { Momentum = 1 }
            },
            {
                "Momentum",
                () =>
                    new() { Momentum = -0.1 }
            },
            {
                "Momentum",
                () =>
                    new() { Momentum = double.NaN }
            },
            {
                "WeightDecay",
                () =>
                    new() { WeightDecay = -1 }
            },
            {
                "WeightDecay",
                () =>
                    new() { WeightDecay = double.NaN }
            },
            {
                "WeightDecay",
                () =>
                    new() { WeightDecay = double.PositiveInfinity }
            },
            {
                "ValidationFraction",
                () =>
                    new() { ValidationFraction = 1 }
            },
            {
                "ValidationFraction",
                () =>
                    new() { ValidationFraction = -0.1 }
            },
            {
                "ValidationFraction",
                () =>
                    new() { ValidationFraction = double.NaN }
            },
            {
                "AccumulateBatches",
                () =>
                    new() { AccumulateBatches = 0 }
            },
            {
                "LabelSmoothing",
                () =>
                    new() { LabelSmoothing = 1 }
            },
            {
                "ClipNorm",
                () =>
                    new() { ClipNorm = -1 }
            },
            {
                "WarmupEpochs",
                () =>
                    new() { WarmupEpochs = double.NaN }
            },
            {
                "StepSize",
                () =>
                    new() { StepSize = 0 }
            },
            {
                "Gamma",
                () =>
                    new() { Gamma = 1 }
            },
            {
                "AverageDecay",
                () =>
                    new() { AverageDecay = 1 }
            },
            {
                "TrainFraction",
                () =>
                    new() { TrainFraction = 0 }
            },
            {
                "OverfitBatches",
                () =>
                    new() { OverfitBatches = -1 }
            },
            {
                "Patience",
                () =>
                    new() { Patience = -1 }
            },
            {
                "MaxTime",
                () =>
                    new() { MaxTime = TimeSpan.Zero }
            },
            {
                "MaxSteps",
                () =>
                    new() { MaxSteps = -1 }
            },
            {
                "Threads",
                () =>
                    new() { Threads = -1 }
            },
            {
                "CheckpointEvery",
                () =>
                    new()
                    {
                        Checkpoints = new CheckpointSettings { Path = "x", Every = 0 },
                    }
            },
            {
                "KeepTop",
                () =>
                    new()
                    {
                        Checkpoints = new CheckpointSettings { Path = "x", KeepTop = -1 },
                    }
            },
            {
                "Crop",
                () =>
                    new() { Augmentation = new Augmentation { Crop = 0 } }
            },
            {
                "Rotation",
                () =>
                    new() { Augmentation = new Augmentation { Rotation = 181 } }
            },
            {
                "Color",
                () =>
                    new() { Augmentation = new Augmentation { Color = 1 } }
            },
            {
                "Cutout",
                () =>
                    new() { Augmentation = new Augmentation { Cutout = -1 } }
            },
            {
                "Mixup",
                () =>
                    new() { Augmentation = new Augmentation { Mixup = -1 } }
            },
            {
                "CutMix",
                () =>
                    new() { Augmentation = new Augmentation { CutMix = double.NaN } }
            },
            {
                "Shift",
                () =>
                    new() { Augmentation = new Augmentation(flip: false, shift: -1) }
            },
        };

    [Theory, MemberData(nameof(Bad), DisableDiscoveryEnumeration = true)]
    public void Bad_setting_is_named(string setting, Func<TrainingSettings> make)
    {
        var error = Assert.Throws<InvalidSettingException>(make);
        Assert.Equal((setting, "Setting.Invalid"), (error.Setting, error.ErrorId));
        Assert.Contains("Received: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bounds_themselves_are_allowed()
    {
        var settings = new TrainingSettings
        {
            Momentum = 0,
            WeightDecay = 0,
            ValidationFraction = 0,
            Epochs = 1,
            BatchSize = 1,
        };
        Assert.Equal((0, 0, 0), (settings.Momentum, settings.WeightDecay, settings.ValidationFraction));
    }

    [Fact]
    public void Augmentation_says_what_it_does()
    {
        Assert.Equal("none", Augmentation.None.ToString());
        Assert.Equal("flip, shift 2", new Augmentation(flip: true, shift: 2).ToString());
    }
}
