using ConvNetShell.Core.Applications.Embeddings;
using ConvNetShell.Core.Data.Augmentations;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Training.Loop;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Core.Training.Settings;
using ConvNetShell.Display.Records.Embeddings;

namespace ConvNetShell.Core.Tests.Training;

/// <summary>Runs that learn an embedding.</summary>
public sealed class EmbeddingTrainingTests
{
    private static readonly TrainingSettings Quick = new()
    {
        Epochs = 15,
        BatchSize = 12,
        Threads = 1,
        Device = "cpu",
        Optimizer = OptimizerKind.Adam,
        LearningRate = 0.01,
    };

    [Theory]
    [InlineData(LossKind.Triplet)]
    [InlineData(LossKind.Contrastive)]
    [InlineData(LossKind.ArcFace)]
    public void An_embedding_is_learned_and_validated_by_pairs(LossKind kind)
    {
        using Network network = TinyData.Network("conv3x3x4 relu pool2 fc5");
        Dataset data = TinyData.Dataset();
        TrainingRun run = Trainer.Train(network, data, Quick with { Loss = kind });
        Assert.True(run.Best!.ValidationAccuracy > 0.95, $"{run.Best}");
        Assert.True(run.Best.ValidationLoss < 0.05); // 1 minus the area under the curve
        Assert.True(run.History[^1].TrainAccuracy > 0.9, $"{run.History[^1]}");
        Assert.Empty(run.Network.Classes);
        VerificationReport report = Verification.Measure(network, data, data.Test!, new VerificationOptions());
        Assert.True(report.Auc > 0.95);
        Assert.Equal("Validation", report.ThresholdFrom);
    }

    [Fact]
    public void Whole_classes_are_held_out_where_there_are_enough()
    {
        int[] labels = [.. Enumerable.Range(0, 160).Select(i => i % 40)];
        var train = new DatasetSplit("Train", TinyData.Picture, new byte[160 * TinyData.Picture.Elements], labels);
        var data = new Dataset("Many", "test", [.. Enumerable.Range(0, 40).Select(i => $"c{i}")], train);
        Dataset used = TrainingData.For(data, Quick with { Loss = LossKind.Triplet });
        Assert.Empty(used.Train.Labels.Intersect(used.Validation!.Labels));
        Assert.Equal(4, used.Validation.Labels.Distinct().Count());
        Assert.Equal(40, TrainingData.For(data, Quick).Train.Labels.Distinct().Count());
    }

    [Fact]
    public void What_an_embedding_cannot_be_learned_with_is_refused()
    {
        using Network network = TinyData.Network("conv3x3x4 relu pool2 fc5");
        Dataset data = TinyData.Dataset();
        TrainingSettings triplet = Quick with { Loss = LossKind.Triplet };
        Assert.Contains("LabelSmoothing", Error(triplet with { LabelSmoothing = 0.1 }), StringComparison.Ordinal);
        Assert.Contains("mixes", Error(triplet with { Augmentation = new Augmentation { Mixup = 0.2 } }), StringComparison.Ordinal);
        Assert.Contains("ImagesPerClass", Error(triplet with { ImagesPerClass = 8 }), StringComparison.Ordinal);
        using Network maps = TinyData.Network("conv3x3x4 relu");
        Assert.Throws<ShapeMismatchException>(() => Trainer.Train(maps, data, triplet));
        using Network classifier = TinyData.Network("conv3x3x4 relu pool2 fc5");
        Assert.Throws<ShapeMismatchException>(() => Trainer.Train(classifier, data, Quick));

        string Error(TrainingSettings settings) =>
            Assert.Throws<InvalidSettingException>(() => Trainer.Train(network, data, settings)).Message;
    }

    [Fact]
    public void Settings_say_the_loss_and_its_margin()
    {
        Assert.Contains(
            "Triplet with margin 0.2, 4 images a class",
            (Quick with { Loss = LossKind.Triplet }).ToString(),
            StringComparison.Ordinal
        );
        Assert.Contains("ArcFace with margin 0.3, scale 30", (Quick with { Loss = LossKind.ArcFace }).ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("margin", Quick.ToString(), StringComparison.Ordinal);
    }
}
