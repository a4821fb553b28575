using ConvNetShell.Core.Applications.Captions;
using ConvNetShell.Core.Data.Augmentations;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Generated;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers.Spec;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Training.Loop;
using ConvNetShell.Core.Training.Losses;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Core.Training.Settings;
using ConvNetShell.Display.Records.Captions;

namespace ConvNetShell.Core.Tests.Training;

public sealed class CaptionTrainingTests
{
    private static readonly Dataset Scenes = ScenesGenerator.Generate(256, 40, seed: 3);

    private static readonly TrainingSettings Settings = new()
    {
        Loss = LossKind.Caption,
        Optimizer = OptimizerKind.Adam,
        LearningRate = 0.005,
        ClipNorm = 1,
        Epochs = 2,
        BatchSize = 32,
        Threads = 1,
    };

    [Fact]
    public void Training_teaches_words_and_the_same_seed_the_same_ones()
    {
        TrainingRun run = Train("conv3x3x8s2 relu pool2 caption24w32t14-att"),
            again = Train("conv3x3x8s2 relu pool2 caption24w32t14-att");
        Assert.True(run.History[1].TrainLoss < run.History[0].TrainLoss);
        Assert.InRange(run.History[1].ValidationAccuracy, 0.1, 1);
        Assert.Equal(run.History[1].TrainLoss, again.History[1].TrainLoss);
        Assert.Equal(["<end>", "<start>", "a"], run.Network.Classes.Take(3));
        Assert.Equal(32, run.Network.Classes.Count);

        IReadOnlyList<ImageCaption> captions = CaptionReader.Read(run.Network, Scenes, Scenes.Test!, 2, "cpu");
        Assert.Equal(40, captions.Count);
        Assert.Equal(3, captions[0].References.Count);
        CaptionReport report = CaptionMeasurer.Measure(run.Network, Scenes, Scenes.Test!, 1, "cpu");
        Assert.Equal(9, report.Scores.Count);
        Assert.Equal([40, 20, 20], report.Scores.Where(score => score.Method == "network").Select(score => score.Count));
        CaptionScore nearest = report.Scores.Single(score => score is { Method: "nearest", Group: "all" });
        Assert.InRange(nearest.FactsRight, 0.2, 0.8);
        run.Network.Dispose();
        again.Network.Dispose();
    }

    [Fact]
    public void What_does_not_fit_is_said()
    {
        Says("does not end in a decoder", "conv3x3x8 relu fc3", Settings);
        Says("Caption for Network, which ends in caption8w32t14", "caption8w32t14", Settings with { Loss = LossKind.CrossEntropy });
        Says("32 or more, those of the captions", "caption8w31t14", Settings);
        Says("at most 11 words", "caption8w32t12", Settings);
        Says("mixes images", "caption8w32t14", Settings with { Augmentation = new Augmentation { Mixup = 0.2 } });
        Says("no classes to weigh", "caption8w32t14", Settings with { BalanceClasses = true });
        Says("whose images have captions", "caption8w32t14", Settings, ShapesGenerator.Generate(64, 8));
    }

    [Fact]
    public void Mirrored_images_whose_captions_say_left_are_a_warning()
    {
        using Network network = Make("conv3x3x4s4 relu caption8w32t14");
        Assert.Contains(
            "mirrored",
            Assert.Single(CaptionCheck.Warnings(network, Settings with { Augmentation = new Augmentation(true, 0) }, Scenes)),
            StringComparison.Ordinal
        );
        Assert.Empty(CaptionCheck.Warnings(network, Settings, Scenes));
    }

    [Fact]
    public void Words_that_only_held_out_captions_have_are_left_out_with_a_warning()
    {
        DatasetSplit held = Scenes.Train.Take([0, 1], "Validation");
        string[] captions = ["a purple cow", "a small red square"];
        var data = new Dataset(
            "Own",
            "made by a test",
            Scenes.Classes,
            Scenes.Train,
            held.WithAttributes(new SampleAttributes(new Dictionary<string, IReadOnlyList<string>> { ["Caption"] = captions }))
        );
        using Network network = Make("conv3x3x4s4 relu caption8w32t14");
        Assert.Contains(
            "Validation's captions are in none of Train's, 2 such as 'purple'",
            Assert.Single(CaptionCheck.Warnings(network, Settings, data)),
            StringComparison.Ordinal
        );
        TrainingRun run = Trainer.Train(network, data, Settings with { Epochs = 1 });
        Assert.True(double.IsFinite(run.History[^1].ValidationLoss));
    }

    [Fact]
    public void Only_a_trained_describer_describes()
    {
        using Network plain = Make("conv3x3x4 relu fc3"),
            fresh = Make("caption8w32t14");
        Assert.Contains(
            "a network that describes images",
            Assert.Throws<InvalidSettingException>(() => CaptionReader.Read(plain, Scenes, Scenes.Test!, 1, "cpu")).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "a trained network",
            Assert.Throws<InvalidSettingException>(() => CaptionMeasurer.Measure(fresh, Scenes, Scenes.Test!, 1, "cpu")).Message,
            StringComparison.Ordinal
        );
    }

    private static void Says(string text, string spec, TrainingSettings settings, Dataset? data = null)
    {
        using Network network = Make(spec);
        ConvNetException error = Assert.ThrowsAny<ConvNetException>(() => Trainer.Train(network, data ?? Scenes, settings));
        Assert.Contains(text, error.Message, StringComparison.Ordinal);
    }

    private static TrainingRun Train(string spec) => Trainer.Train(Make(spec), Scenes, Settings);

    private static Network Make(string spec) => Network.Create(NetworkPlan.Fit(NetworkSpec.Parse(spec), Scenes.InputShape), seed: 1);
}
