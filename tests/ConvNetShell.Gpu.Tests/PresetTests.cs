using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Images;
using ConvNetShell.Core.Inference;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Presets;
using ConvNetShell.Core.Profiling;
using ConvNetShell.Core.Tests.Training;
using ConvNetShell.Core.Training.Loop;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Core.Training.Settings;

namespace ConvNetShell.Gpu.Tests;

/// <summary>Each preset trains on a GPU, predicts there as on the processor, and is measured layer by layer.</summary>
public sealed class PresetTests
{
    private const int Images = 16;

    public static TheoryData<string> Presets =>
        [.. NetworkPresets.All.Where(preset => preset.Recipe?.Loss != LossKind.Caption).Select(preset => preset.Name)];

    [Theory, MemberData(nameof(Presets))]
    public void It_trains_a_step_and_predicts_as_on_the_processor(string preset)
    {
        Gpu.Require();
        using Network network = NetworkFactory.FromPreset(NetworkPresets.Find(preset));
        Dataset data = Noise(network);
        TrainingSettings settings = TrainingRecipe.For(null, NetworkPresets.Find(preset)) with
        {
            Device = Gpu.Name,
            BatchSize = Images,
            MaxSteps = 1,
            Epochs = 1,
            KeepLast = true,
            Precision = Precision.Float32,
        };

        TrainingRun run = Trainer.Train(network, data, settings);

        Assert.True(run.Status is RunStatus.Completed or RunStatus.Stopped, run.Status.ToString());
        Assert.True(double.IsFinite(run.History[^1].TrainLoss), $"loss {run.History[^1].TrainLoss}");
        double[] here = Probabilities(network, data, Gpu.Name),
            there = Probabilities(network, data, "cpu");
        Assert.All(here.Zip(there), pair => Assert.InRange(pair.First - pair.Second, -2e-3, 2e-3));
    }

    [Theory]
    [InlineData("CIFAR10")]
    [InlineData("ResNet20")]
    public void Its_layers_are_timed(string preset)
    {
        Gpu.Require();
        using Network network = NetworkFactory.FromPreset(NetworkPresets.Find(preset));

        var timings = NetworkTimer.Measure(network, batchSize: 32, rounds: 3, new TrainingSettings { Device = Gpu.Name });

        Assert.NotEmpty(timings);
        Assert.All(timings, timing => Assert.True(timing.ForwardMs > 0, timing.ToString()));
    }

    /// <summary>The probability of each class of each image, classes in the order of their names.</summary>
    private static double[] Probabilities(Network network, Dataset data, string device) =>
        [
            .. Predictor
                .Predict(
                    network,
                    [.. Enumerable.Range(0, Images).Select(index => ImageSamples.FromSplit(data, data.Test!, index))],
                    int.MaxValue,
                    device
                )
                .OrderBy(prediction => prediction.Source, StringComparer.Ordinal)
                .ThenBy(prediction => prediction.Class, StringComparer.Ordinal)
                .Select(prediction => prediction.Probability),
        ];

    private static Dataset Noise(Network network)
    {
        Shape shape = network.InputShape;
        int classes = network.OutputShape.Channels;
        return new Dataset(
            "Noise",
            "made by a test",
            [.. Enumerable.Range(0, classes).Select(i => $"{i}")],
            TinyData.Noise(Images, classes, shape, 1),
            TinyData.Noise(Images, classes, shape, 2, "Validation"),
            TinyData.Noise(Images, classes, shape, 3, "Test")
        );
    }
}
