using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Inference;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Training.Loop;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Core.Training.Settings;

namespace ConvNetShell.Core.Tests.Training;

public sealed class TrainingClassesTests
{
    private static readonly TrainingSettings Quick = new()
    {
        Epochs = 8,
        BatchSize = 8,
        Device = "cpu",
    };

    [Fact]
    public void Further_training_matches_classes_by_name()
    {
        using Network network = TinyData.Network();
        Dataset data = TinyData.Dataset();
        Trainer.Train(network, data, Quick);
        Dataset other = Renumbered(data, "bright", "dark", "middle");
        TrainingRun run = Trainer.Train(network, other, Quick with { Epochs = 1, LearningRate = 1e-6 });
        Assert.Equal(["dark", "middle", "bright"], network.Classes);
        Assert.Equal(network.Classes, run.Dataset.Classes);
        Assert.True(run.Best!.ValidationAccuracy > 0.9, "the network has known these classes before");
        Assert.True(Evaluator.Measure(MatchedSplit.Of(network, other, other.Test!), "cpu").Top1 > 0.9);
    }

    [Theory]
    [InlineData("dark", "middle", "red")]
    [InlineData("dark", "middle")]
    public void Other_classes_are_an_error_and_the_names_stay(params string[] classes)
    {
        using Network network = TinyData.Network();
        network.Classes = ["dark", "middle", "bright"];
        DatasetSplit train = TinyData.Noise(40, classes.Length, TinyData.Picture, 1);
        var error = Assert.Throws<ClassMismatchException>(() =>
            Trainer.Train(network, new Dataset("Other", "test", classes, train), Quick)
        );
        Assert.Contains("expected dark, middle, bright. Received: " + string.Join(", ", classes), error.Message, StringComparison.Ordinal);
        Assert.Contains("NewClasses", error.Message, StringComparison.Ordinal);
        Assert.Equal(["dark", "middle", "bright"], network.Classes);
    }

    [Fact]
    public void Class_weights_go_with_the_names_of_the_dataset()
    {
        using Network network = TinyData.Network();
        network.Classes = ["dark", "middle", "bright"];
        Dataset other = Renumbered(TinyData.Dataset(), "bright", "dark", "middle");
        TrainingRun run = Trainer.Train(network, other, Quick with { Epochs = 1, ClassWeights = [5, 1, 2] });
        Assert.Equal([1, 2, 5], run.Settings.ClassWeights!); // dark, middle, bright
    }

    [Theory]
    [InlineData("conv3x3x4 relu pool2 fc3 softmax", "fc")]
    [InlineData("conv3x3x4 bn relu conv1x1x3 globalavg softmax", "conv2")]
    [InlineData("conv3x3x4 relu conv1x1x3 bn globalavg softmax", "conv2", "bn")]
    [InlineData("fc6 tanh rbf3", "rbf")]
    public void A_new_last_layer_leaves_the_others_as_they_are(string spec, string head, string after = "none")
    {
        using Network network = TinyData.Network(spec);
        network.Classes = ["dark", "middle", "bright"];
        using Network other = ClassHead.Replace(network, ["a", "b", "c", "d", "e"], seed: 3);
        Assert.Equal((5, 3), (other.OutputShape.Channels, network.OutputShape.Channels));
        Assert.Equal(["a", "b", "c", "d", "e"], other.Classes);
        Assert.Equal(["dark", "middle", "bright"], network.Classes);
        for (int i = 0; i < network.State.Count; i++)
        {
            bool isHead =
                network.State[i].Name.StartsWith(head, StringComparison.Ordinal)
                || network.State[i].Name.StartsWith(after, StringComparison.Ordinal);
            Assert.True(isHead || network.State[i].Value.eq(other.State[i].Value).all().item<bool>());
        }
    }

    [Fact]
    public void A_network_that_ends_in_a_block_has_no_last_layer_to_replace()
    {
        using Network network = TinyData.Network("conv3x3x3 res(conv3x3x3) globalavg");
        Assert.Equal("NewClasses", Assert.Throws<InvalidSettingException>(() => ClassHead.Replace(network, ["a", "b"], 0)).Setting);
    }

    /// <summary>The same images under the same names, whose numbers differ.</summary>
    private static Dataset Renumbered(Dataset data, params string[] classes)
    {
        DatasetSplit Renumber(DatasetSplit split) =>
            new(split.Name, split.Shape, split.PixelArray, [.. split.Labels.Select(label => Array.IndexOf(classes, data.Classes[label]))]);
        return new Dataset("Other", "test", classes, Renumber(data.Train), Renumber(data.Validation!), Renumber(data.Test!));
    }
}
