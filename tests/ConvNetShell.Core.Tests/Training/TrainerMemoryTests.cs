using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Training;

namespace ConvNetShell.Core.Tests.Training;

public sealed class TrainerMemoryTests
{
    [Theory]
    [InlineData(OptimizerKind.SGD)]
    [InlineData(OptimizerKind.AdamW)]
    public void TwoThousandStepsLeaveTheTensorCountAsItWas(OptimizerKind optimizer)
    {
        using Network network = TinyData.Network("conv3x3x2 bn relu pool3 drop0.2 fc3");
        var counts = new List<long>();
        var callback = new RecordingCallback(_ => counts.Add(LiveTensors.Count));
        var settings = new TrainingSettings { Epochs = 250, BatchSize = 2, Optimizer = optimizer, LearningRate = 0.001, Device = "cpu" };
        long left = LiveTensors.LeftBehindBy(() => Trainer.Train(network, TinyData.Dataset(train: 16, validation: 4), settings, callback));
        Assert.Equal(2000, counts.Count);
        Assert.Equal(counts[0], counts.Max());
        Assert.Equal(0, left);
    }

    [Fact]
    public void FailedRunLeavesNothingBehind()
    {
        using Network network = TinyData.Network("fc3");
        long left = LiveTensors.LeftBehindBy(() => Assert.ThrowsAny<Exception>(() => Trainer.Train(
            network, TinyData.Dataset(), new TrainingSettings { BatchSize = 8, Device = "cpu" }, new RecordingCallback(_ => throw new TimeZoneNotFoundException()))));
        Assert.Equal(0, left);
    }
}
