using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Generated;
using ConvNetShell.Core.Inference;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Presets;
using ConvNetShell.Core.Training.Loop;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Core.Training.Settings;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Tests.Networks;

/// <summary>Every preset trains, adapted to other classes too, and those with generated data reach what they are for.</summary>
public sealed class PresetTrainingTests
{
    public static TheoryData<string> Names =>
        [.. NetworkPresets.All.Where(preset => preset.Recipe?.Loss != LossKind.Caption).Select(preset => preset.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Trains_a_step(string name)
    {
        NetworkPreset preset = NetworkPresets.Find(name);
        // AlexNet at its own size is 61 million weights twice over: a smaller picture leaves the same layers and most of the weights out.
        Shape input = name.StartsWith("AlexNet", StringComparison.Ordinal) ? new Shape(3, 67, 67) : preset.InputShape;
        using Network network = NetworkFactory.FromPreset(preset, input, ["a", "b", "c"]);
        var random = new Random(1);
        var pixels = new byte[8 * input.Elements];
        random.NextBytes(pixels);
        var data = new Dataset("Tiny", "noise", ["a", "b", "c"], new DatasetSplit("Train", input, pixels, [0, 1, 2, 0, 1, 2, 0, 1]));
        using var scope = NewDisposeScope();
        Tensor[] before = [.. network.Parameters.Select(tensor => tensor.Value.detach().clone())];
        TrainingSettings settings = TrainingRecipe.For(null, preset, data) with { Epochs = 1, BatchSize = 4, ValidationFraction = 0 };

        TrainingRun run = Trainer.Train(network, data, settings);

        Assert.True(double.IsFinite(Assert.Single(run.History).TrainLoss));
        Assert.Equal(new Shape(3), network.Plan.OutputShape);
        Assert.All(network.Parameters.Zip(before), pair => Assert.False(pair.First.Value.eq(pair.Second).all().item<bool>()));
    }

    [Theory] // linear models reach 56 % on MovingShapes and 47 % on Signals
    [InlineData("C3D", 5, 0.9)]
    [InlineData("Conv1D", 6, 0.9)]
    [InlineData("LSTM", 7, 0.75)] // the whole trainings are in the README
    [InlineData("GRU", 5, 0.85)]
    public void Reaches_what_linear_models_do_not(string name, int epochs, double floor)
    {
        NetworkPreset preset = NetworkPresets.Find(name);
        Dataset data = preset.Dataset == "Signals" ? SignalsGenerator.Generate(3_000, 600) : MovingShapesGenerator.Generate(900, 240);
        using Network network = NetworkFactory.FromPreset(preset);

        Trainer.Train(network, data, TrainingRecipe.For(null, preset, data) with { Epochs = epochs });

        double accuracy = Evaluator.Measure(MatchedSplit.Of(network, data, data.Test!)).Top1;
        Assert.True(accuracy >= floor, $"{name}: {accuracy}");
    }

    [Theory]
    [InlineData("CIFAR10", "1,28,28", 5)]
    [InlineData("CIFAR10Fast", "3,48,48", 20)]
    [InlineData("ResNet20", "1,28,28", 10)]
    [InlineData("LeNet5", "3,32,32", 4)]
    [InlineData("LeNet5-1998", "1,32,32", 26)]
    [InlineData("ConvNetJSMNIST", "1,28,28", 10)]
    [InlineData("AlexNet", "3,64,64", 10)]
    [InlineData("AlexNet2012", "3,67,67", 10)]
    [InlineData("C3D", "3,16,32,32", 4)]
    [InlineData("Conv1D", "2,128", 3)]
    [InlineData("LSTM", "4,32", 3)]
    [InlineData("GRU", "4,32", 3)]
    [InlineData("MLP", "3,32,32", 7)]
    public void Adapts_to_other_inputs_and_classes(string name, string input, int classes) =>
        Assert.Equal(new Shape(classes), NetworkPlan.Fit(NetworkPresets.Find(name).Layers(classes), Shape.Parse(input)).OutputShape);
}
