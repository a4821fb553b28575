using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Training;

namespace ConvNetShell.Core.Tests.Training;

public sealed class TrainingSettingsTests
{
    public static TheoryData<string, Func<TrainingSettings>> Bad => new()
    {
        { "-Epochs", () => new() { Epochs = 0 } },
        { "-Epochs", () => new() { Epochs = -1 } },
        { "-BatchSize", () => new() { BatchSize = 0 } },
        { "-LearningRate", () => new() { LearningRate = 0 } },
        { "-LearningRate", () => new() { LearningRate = -0.1 } },
        { "-LearningRate", () => new() { LearningRate = double.NaN } },
        { "-LearningRate", () => new() { LearningRate = double.PositiveInfinity } },
        { "-Momentum", () => new() { Momentum = 1 } },
        { "-Momentum", () => new() { Momentum = -0.1 } },
        { "-Momentum", () => new() { Momentum = double.NaN } },
        { "-WeightDecay", () => new() { WeightDecay = -1 } },
        { "-WeightDecay", () => new() { WeightDecay = double.NaN } },
        { "-WeightDecay", () => new() { WeightDecay = double.PositiveInfinity } },
        { "-Validation", () => new() { Validation = 1 } },
        { "-Validation", () => new() { Validation = -0.1 } },
        { "-Validation", () => new() { Validation = double.NaN } },
        { "-Shift", () => new() { Augmentation = new Augmentation(flip: false, shift: -1) } },
    };

    [Theory, MemberData(nameof(Bad), DisableDiscoveryEnumeration = true)]
    public void BadSettingIsNamed(string setting, Func<TrainingSettings> make)
    {
        var error = Assert.Throws<InvalidSettingException>(make);
        Assert.Equal((setting, "Setting.Invalid"), (error.Setting, error.ErrorId));
        Assert.Contains("Received: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void BoundsThemselvesAreAllowed()
    {
        var settings = new TrainingSettings { Momentum = 0, WeightDecay = 0, Validation = 0, Epochs = 1, BatchSize = 1 };
        Assert.Equal((0, 0, 0), (settings.Momentum, settings.WeightDecay, settings.Validation));
    }

    [Fact]
    public void AugmentationSaysWhatItDoes()
    {
        Assert.Equal("none", Augmentation.None.ToString());
        Assert.Equal("flip, shift 2", new Augmentation(flip: true, shift: 2).ToString());
    }
}
