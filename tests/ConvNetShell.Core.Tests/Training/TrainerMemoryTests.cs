using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Training.Optimizers;
using ConvNetShell.Core.Training.Settings;

namespace ConvNetShell.Core.Tests.Training;

[Trait("Speed", "Slow")]
public sealed class TrainerMemoryTests
{
    [Theory]
    [InlineData(OptimizerKind.SGD)]
    [InlineData(OptimizerKind.AdamW)]
    public void Three_thousand_steps_leave_the_tensor_count_as_it_was(OptimizerKind optimizer)
    {
        using Network network = TinyData.Network("conv3x3x2 bn relu pool3 drop0.2 fc3");
        var counts = new List<long>();
        long memory = 0;
        var callback = new RecordingCallback(step =>
        {
            counts.Add(LiveTensors.Count);
            memory = step == 1000 ? Unmanaged() : memory;
        });
        var settings = new TrainingSettings
        {
            Epochs = 375,
            BatchSize = 2,
            Optimizer = optimizer,
            LearningRate = 0.001,
            Device = "cpu",
        };
        long left = LiveTensors.LeftBehindBy(() =>
            InlineTraining.Run(network, TinyData.Dataset(train: 16, validation: 4), settings, callback)
        );
        Assert.Equal(3000, counts.Count);
        Assert.Equal(counts[1], counts[2..].Max()); // the first step makes what stays: gradients
        Assert.InRange(Unmanaged() - memory, long.MinValue, 40_000_000);
        Assert.Equal(0, left);
    }

    [Theory]
    [InlineData(OptimizerKind.SGD, AverageKind.None)]
    [InlineData(OptimizerKind.Adam, AverageKind.EMA)]
    [InlineData(OptimizerKind.Muon, AverageKind.SWA)]
    public void A_scope_holds_every_tensor_of_a_run(OptimizerKind optimizer, AverageKind average)
    {
        string folder = Directory.CreateTempSubdirectory("convnetshell-test-").FullName;
        try
        {
            using Network network = TinyData.Network("conv3x3x2 bn relu pool3 drop0.2 fc3");
            var unheld = new List<long>();
            var settings = new TrainingSettings
            {
                Epochs = 4,
                BatchSize = 8,
                Optimizer = optimizer,
                Average = average,
                LearningRate = 0.001,
                ClipNorm = 1,
                Device = "cpu",
                Checkpoints = new CheckpointSettings { Path = folder, EverySteps = 4 },
            };
            InlineTraining.Run(network, TinyData.Dataset(train: 48), settings, new RecordingCallback(_ => unheld.Add(LiveTensors.Unheld)));
            Assert.Equal(unheld[0], unheld[^1]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Failed_run_leaves_nothing_behind()
    {
        using Network network = TinyData.Network("fc3");
        long left = LiveTensors.LeftBehindBy(() =>
            Assert.ThrowsAny<Exception>(() =>
                InlineTraining.Run(
                    network,
                    TinyData.Dataset(),
                    new TrainingSettings { BatchSize = 8, Device = "cpu" },
                    new RecordingCallback(_ => throw new TimeZoneNotFoundException())
                )
            )
        );
        Assert.Equal(0, left);
    }

    /// <summary>Returns the process's memory without the collector's, whose heap grows as it sees fit in a young process.</summary>
    private static long Unmanaged()
    {
        GC.Collect();
        return Environment.WorkingSet - GC.GetGCMemoryInfo().TotalCommittedBytes;
    }
}
