using ConvNetShell.Core.Data.Augmentations;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Formats;
using ConvNetShell.Core.Data.Writers;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Inference;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Tests.Training;
using ConvNetShell.Core.Training.Checkpoints;
using ConvNetShell.Core.Training.Loop;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Core.Training.Settings;
using SkiaSharp;

namespace ConvNetShell.Core.Tests.Data.Streams;

/// <summary>A dataset whose images stay on disk does what the same dataset does in memory.</summary>
public sealed class StreamedDatasetTests : IDisposable
{
    private static readonly Shape Picture = new(3, 6, 6);
    private static readonly TrainingSettings Quick = new()
    {
        Epochs = 2,
        BatchSize = 8,
        Seed = 5,
        Device = "cpu",
        Augmentation = new Augmentation { Flip = FlipKind.Random, Shift = 1 },
        BalanceClasses = true,
    };
    private readonly TestFolder folder = new();
    private readonly string path;
    private readonly Dataset inMemory,
        streamed;

    public StreamedDatasetTests()
    {
        path = folder["data"];
        var made = new Dataset(
            "Tiny",
            "made by a test",
            ["dark", "middle", "bright"],
            TinyData.Easy(48, 1, shape: Picture),
            null,
            TinyData.Easy(12, 3, "Test", Picture)
        );
        DatasetWriter.Write(made, path);
        inMemory = DatasetReader.Read(path);
        streamed = DatasetReader.Read(path, new ReadOptions { Stream = true, DecodeThreads = 3 });
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void It_has_the_same_images_and_says_that_they_are_streamed()
    {
        Assert.True(streamed.IsStreamed);
        Assert.False(inMemory.IsStreamed);
        Assert.Equal((3, 0), (streamed.DecodeThreads, inMemory.DecodeThreads));
        Assert.Equal($"{inMemory}, streamed", streamed.ToString());
        Assert.Equal(Samples.Content(inMemory, inMemory.Train), Samples.Content(streamed, streamed.Train));
        Assert.Equal(inMemory.Train.Files, streamed.Train.Files);
        Assert.Equal(ChannelStatistics.Measure(inMemory.Train), ChannelStatistics.Measure(streamed.Train));
    }

    [Fact]
    public void It_trains_to_the_same_weights_bit_for_bit()
    {
        using Network first = TinyData.Network(input: Picture),
            second = TinyData.Network(input: Picture);
        TrainingRun memory = Trainer.Train(first, inMemory, Quick),
            stream = Trainer.Train(second, streamed, Quick);
        Assert.Equal(TrainerTests.Weights(first), TrainerTests.Weights(second));
        Assert.Equal(memory.History.Select(epoch => epoch.ValidationLoss), stream.History.Select(epoch => epoch.ValidationLoss));
        Assert.True(stream.Dataset.Validation!.IsStreamed);
        Assert.Equal(
            Evaluator.Measure(MatchedSplit.Of(first, inMemory, inMemory.Test!)).Loss,
            Evaluator.Measure(MatchedSplit.Of(second, streamed, streamed.Test!)).Loss
        );
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(8)]
    public void A_run_stopped_in_the_middle_of_an_epoch_continues_with_the_same_batches(int step)
    {
        using Network network = TinyData.Network(input: Picture),
            cut = TinyData.Network(input: Picture);
        Trainer.Train(network, streamed, Quick);
        var saved = Quick with
        {
            MaxSteps = step,
            Checkpoints = new CheckpointSettings { Path = folder["cut"] },
        };
        Trainer.Train(cut, streamed, saved);
        Dataset again = DatasetReader.Read(path, new ReadOptions { Stream = true, DecodeThreads = 1 });
        TrainingRun resumed = Trainer.Resume(Checkpoint.Read(folder["cut"]), again, new ResumeOptions { MaxSteps = 0 });
        Assert.Equal(TrainerTests.Weights(network), TrainerTests.Weights(resumed.Network));
        resumed.Network.Dispose();
    }

    [Fact]
    public void Its_hash_is_another_when_a_file_is()
    {
        string hash = streamed.Hash();
        Assert.Equal(hash, DatasetReader.Read(path, new ReadOptions { Stream = true }).Hash());
        Assert.NotEqual(hash, inMemory.Hash());
        Directory.Move(path, folder["moved"]);
        Assert.Equal(hash, DatasetReader.Read(folder["moved"], new ReadOptions { Stream = true }).Hash());
        File.WriteAllBytes(
            Directory.GetFiles(folder["moved", "train", "dark"])[0],
            Samples.Picture(SKEncodedImageFormat.Png, 6, 6, SKColors.Blue)
        );
        Assert.NotEqual(hash, DatasetReader.Read(folder["moved"], new ReadOptions { Stream = true }).Hash());
    }

    [Fact]
    public void It_is_divided_without_a_copy_and_saved_like_any_other()
    {
        Dataset parts = streamed.HoldOutValidation(0.25, seed: 1).LimitPerClass(5, seed: 1),
            expected = inMemory.HoldOutValidation(0.25, seed: 1).LimitPerClass(5, seed: 1);
        Assert.True(parts.Validation!.IsStreamed && parts.Train.IsStreamed);
        DatasetWriter.Write(parts, folder["idx"], DatasetFileFormat.Idx);
        DatasetWriter.Write(parts, folder["png"]);
        foreach (Dataset read in new[] { DatasetReader.Read(folder["idx"]), DatasetReader.Read(folder["png"]) })
        {
            Assert.Equal(Samples.Content(expected, expected.Train), Samples.Content(read, read.Train));
            Assert.Equal(Samples.Content(expected, expected.Validation!), Samples.Content(read, read.Validation!));
        }
    }

    [Fact]
    public void A_file_that_is_no_image_is_named_where_it_is_needed()
    {
        string broken = Directory.GetFiles(Path.Combine(path, "train", "middle"))[2];
        File.WriteAllText(broken, "no image");
        Dataset data = DatasetReader.Read(path, new ReadOptions { Stream = true });
        using Network network = TinyData.Network(input: Picture);
        DataFormatException error = Assert.Throws<DataFormatException>(() => Trainer.Train(network, data, Quick));
        Assert.Equal("Data.NotAnImage", error.ErrorId);
        Assert.Equal(broken, error.Path);
    }

    [Fact]
    public void A_file_of_another_size_is_named_unless_all_are_resized()
    {
        string other = Directory.GetFiles(Path.Combine(path, "train", "middle"))[2];
        File.WriteAllBytes(other, Samples.Picture(SKEncodedImageFormat.Png, 9, 5, SKColors.Blue));
        Dataset data = DatasetReader.Read(path, new ReadOptions { Stream = true });
        Assert.Equal("Data.UnequalSize", Assert.Throws<DataFormatException>(() => ChannelStatistics.Measure(data.Train)).ErrorId);
        var options = new ReadOptions { ResizeTo = new Shape(1, 4, 4) };
        Assert.Equal(
            DatasetReader.Read(path, options).Train.PixelArray,
            Enumerable.Range(0, 48).SelectMany(i => DatasetReader.Read(path, options with { Stream = true }).Train.Image(i).ToArray())
        );
    }

    [Fact]
    public void What_needs_all_pixels_in_memory_is_a_typed_error() =>
        Assert.Contains(
            "without -Stream",
            Assert.Throws<InvalidSettingException>(() => streamed.Train.PixelArray).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Formats_that_are_read_whole_refuse_it()
    {
        folder.File(["cifar", "data_batch_1.bin"], Samples.Cifar(3));
        Assert.Throws<InvalidSettingException>(() => DatasetReader.Read(folder["cifar"], new ReadOptions { Stream = true }));
        Assert.Throws<InvalidSettingException>(() => DatasetReader.Read("Shapes", new ReadOptions { Stream = true }));
        Assert.Throws<InvalidSettingException>(() => DatasetReader.Read(path, new ReadOptions { Stream = true, DecodeThreads = 0 }));
    }
}
