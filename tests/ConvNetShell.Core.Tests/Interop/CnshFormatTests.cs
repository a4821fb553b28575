using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Interop;
using ConvNetShell.Core.Interop.Formats;
using ConvNetShell.Core.Layers.Dense;
using ConvNetShell.Core.Layers.Initializers;
using ConvNetShell.Core.Layers.Normalization;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Networks.Storage;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Storage;
using ConvNetShell.Core.Tests.Data;
using ConvNetShell.Core.Tests.Training;
using ConvNetShell.Core.Training.Loop;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Core.Training.Settings;

namespace ConvNetShell.Core.Tests.Interop;

public sealed class CnshFormatTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(InteropData.Rich)]
    [InlineData("conv5x5x4p0 tanh avgpool2 deconv2x2x3s2 fc4-nobias")]
    [InlineData("mapconv3x3:01/1 scaledtanh subsample2 local3x3x2 fc84 rbf10")]
    public void A_network_comes_back_bit_for_bit(string spec)
    {
        using Network network = InteropData.Network(spec, input: new Shape(2, 10, 10));
        network.Classes = ["a", "b \u263a", "c\"d"];
        network.Normalization = new ChannelStatistics([0.1, 1.0 / 3], [0.2, 0.3]);
        NetworkFile.Write(folder["a.cnsh"], network);
        using Network read = NetworkFile.Read(folder["a.cnsh"]);

        InteropData.AssertSameWeights(network, read);
        Assert.Equal(network.ToString(), read.ToString());
        Assert.Equal(network.Classes, read.Classes);
        Assert.Equal(network.Normalization, read.Normalization);
        Assert.Equal((network.Seed, network.HasInitialWeights), (read.Seed, read.HasInitialWeights));
    }

    [Fact]
    public void Options_that_the_language_cannot_say_come_back()
    {
        var response = new LocalResponseSpec(3, 0.5, 0.25, 2) { Name = "mine" };
        var dense = new DenseSpec(3, inputs: 72) { Initializer = new Initializer(InitializerKind.Constant, 0.5), Name = "last" };
        using var network = Network.Create(NetworkPlan.Fit([response, dense], new Shape(2, 6, 6)));
        NetworkFile.Write(folder["a.cnsh"], network);
        using Network read = NetworkFile.Read(folder["a.cnsh"]);

        Assert.Equal([response, dense], InteropData.Specs(read));
    }

    [Fact]
    public void The_training_is_summed_up()
    {
        using Network network = TinyData.Network();
        var settings = new TrainingSettings
        {
            Epochs = 2,
            BatchSize = 24,
            Threads = 1,
        };
        TrainingRun run = Trainer.Train(network, TinyData.Dataset(), settings);
        NetworkFile.Write(folder["a.cnsh"], network);
        using Network read = NetworkFile.Read(folder["a.cnsh"]);

        Assert.Equal(
            ("Tiny", 2, run.Best!.Epoch, run.Best.ValidationAccuracy, "24"),
            (
                read.Training!.Dataset,
                read.Training.Epochs,
                read.Training.BestEpoch!.Value,
                read.Training.ValidationAccuracy,
                read.Training.Settings["BatchSize"]
            )
        );
        Assert.Null(InteropData.Network().Training);
    }

    /// <summary>A file of version 1, as it was written when that was the current version; never written again.</summary>
    [Fact]
    public void A_file_of_version_1_is_read()
    {
        using Network read = NetworkFile.Read(Path.Combine(AppContext.BaseDirectory, "Interop", "version1.cnsh"));
        using Network wanted = InteropData.Network();

        Assert.Equal(InteropData.Rich, read.Spec);
        Assert.Equal(["circle", "square", "triangle"], read.Classes);
        Assert.Equal(new ChannelStatistics([0.25, 0.5], [0.125, 0.25]), read.Normalization);
        InteropData.AssertSameWeights(wanted, read);
    }

    [Fact]
    public void A_file_of_a_later_version_says_so()
    {
        using Network network = InteropData.Network("fc3");
        NetworkDocument later = NetworkDocument.Of(network) with { Version = 2 };
        SafeTensorsWriter.Write(
            folder["later.cnsh"],
            [.. network.State.Select(tensor => (tensor.Name, tensor.Value))],
            new Dictionary<string, string>
            {
                [NetworkDocument.Key] = later.Write().Replace("\"Seed\"", "\"New\":1,\"Seed\"", StringComparison.Ordinal),
            }
        );
        NetworkFileException error = Assert.Throws<NetworkFileException>(() => NetworkFile.Read(folder["later.cnsh"]));
        Assert.Contains("version 2, of a later ConvNetShell", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_byte_is_found()
    {
        using Network network = InteropData.Network("fc3");
        NetworkFile.Write(folder["a.cnsh"], network);
        byte[] bytes = File.ReadAllBytes(folder["a.cnsh"]);
        bytes[^5] ^= 1;
        File.WriteAllBytes(folder["a.cnsh"], bytes);

        Assert.Equal("NetworkFile.Damaged", Assert.Throws<NetworkFileException>(() => NetworkFile.Read(folder["a.cnsh"])).ErrorId);
    }

    [Fact]
    public void More_weights_than_the_file_has_are_not_made()
    {
        using Network network = InteropData.Network("fc3");
        NetworkDocument huge = NetworkDocument.Of(network) with { Layers = [new StoredLayer("fc200000000", null)] };
        SafeTensorsWriter.Write(
            folder["huge.cnsh"],
            [.. network.State.Select(tensor => (tensor.Name, tensor.Value))],
            new Dictionary<string, string> { [NetworkDocument.Key] = huge.Write() }
        );
        NetworkFileException error = Assert.Throws<NetworkFileException>(() => NetworkFile.Read(folder["huge.cnsh"]));
        Assert.Contains("fewer weights", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_checkpoint_is_read_as_the_network_of_its_best_epoch()
    {
        using Network network = TinyData.Network();
        var settings = new TrainingSettings
        {
            Epochs = 2,
            BatchSize = 24,
            Threads = 1,
            Checkpoints = new CheckpointSettings { Path = folder["run"] },
        };
        string checkpoint = Trainer.Train(network, TinyData.Dataset(), settings).Checkpoint!;
        using Network read = NetworkFormats.ForReading(checkpoint).Read(checkpoint, new ImportSettings());
        using Network other = TinyData.Network(seed: 7);

        InteropData.AssertSameWeights(network, read);
        Assert.Same(other, NetworkFormats.ForReading(checkpoint).Read(checkpoint, new ImportSettings { Into = other }));
        InteropData.AssertSameWeights(network, other);
        using SafeTensorsFile file = SafeTensorsFile.Open(checkpoint);
        Assert.Contains(file.Tensors, tensor => tensor.Name == "weights/conv1.weight");
    }
}
