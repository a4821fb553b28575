using System.Security.Cryptography;
using ConvNetShell.Core.Data.Captions;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Formats;
using ConvNetShell.Core.Data.Generated;
using ConvNetShell.Core.Data.Writers;
using ConvNetShell.Core.Errors;

namespace ConvNetShell.Core.Tests.Data;

public sealed class ScenesGeneratorTests
{
    [Fact]
    public void The_same_seed_gives_the_same_bytes_on_every_machine()
    {
        Dataset scenes = ScenesGenerator.Generate(40, 20, seed: 7);
        Assert.Equal("Scenes: 3x32x32, 3 classes, Train 40, Validation 10, Test 20", scenes.ToString());
        Assert.Equal("184578159b181f3f38fa28c448b573fb", Convert.ToHexStringLower(MD5.HashData(scenes.Train.PixelArray)));
        Assert.NotEqual(scenes.Train.PixelArray, ScenesGenerator.Generate(40, 20, seed: 8).Train.PixelArray);
        Assert.Throws<InvalidSettingException>(() => ScenesGenerator.Generate(0));
    }

    [Fact]
    public void Train_and_Validation_have_no_pair_of_color_and_shape_that_half_of_Test_has()
    {
        Dataset scenes = ScenesGenerator.Generate(2_000, 200);
        HashSet<(string, string)> seen = [.. Groups(scenes.Train).Concat(Groups(scenes.Validation!)).Select(Pair)];
        Assert.Equal(25, seen.Count);
        for (int i = 0; i < 200; i++)
        {
            bool unseen = Groups(scenes.Test!.Take([i])).Any(group => !seen.Contains(Pair(group)));
            Assert.Equal(i % 2 == 1, unseen);
            Assert.Equal(unseen ? "unseen" : "seen", scenes.Test!.Attributes.Of(i)["Combination"]);
        }
    }

    [Fact]
    public void The_captions_of_a_picture_mean_the_same_and_its_class_is_the_number_of_objects()
    {
        DatasetSplit train = ScenesGenerator.Generate(300, 0).Train;
        IReadOnlyList<IReadOnlyList<string>> captions = SampleCaptions.Of(train);
        for (int i = 0; i < train.Count; i++)
        {
            Assert.Equal(SceneGrammar.Captions, captions[i].Count);
            SceneFacts facts = Assert.Single(captions[i].Select(SceneGrammar.Parse).Distinct())!;
            Assert.Equal(facts.First.Count + (facts.Second?.Count ?? 0), train.Labels[i] + 1);
        }
    }

    [Fact]
    public void A_dataset_with_captions_is_not_saved_without_them()
    {
        using var folder = new TestFolder();
        InvalidSettingException error = Assert.Throws<InvalidSettingException>(() =>
            DatasetWriter.Write(ScenesGenerator.Generate(8, 4), folder["set"], DatasetFileFormat.Cifar)
        );
        Assert.Contains("Png or Npz, which keep captions", error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["set"]));
    }

    [Theory]
    [InlineData(DatasetFileFormat.Npz)]
    [InlineData(DatasetFileFormat.Png)]
    public void A_dataset_comes_back_with_its_captions_and_attributes(DatasetFileFormat format)
    {
        using var folder = new TestFolder();
        Dataset scenes = ScenesGenerator.Generate(8, 4);
        DatasetWriter.Write(scenes, folder["set"], format);
        Dataset read = DatasetReader.Read(folder["set"]);
        foreach ((DatasetSplit before, DatasetSplit after) in scenes.Splits.Zip(read.Splits))
        {
            Assert.Equal(Described(before), Described(after));
        }
    }

    /// <summary>Returns what is known of each image, in an order that the format does not change.</summary>
    private static IEnumerable<string> Described(DatasetSplit split) =>
        Enumerable
            .Range(0, split.Count)
            .Select(i => $"{split.Labels[i]} {string.Join(' ', split.Attributes.Of(i))} {Convert.ToHexString(split.Image(i)[..300])}")
            .Order(StringComparer.Ordinal);

    private static (string, string) Pair(SceneGroup group) => (group.Color, group.Figure);

    private static IEnumerable<SceneGroup> Groups(DatasetSplit split) =>
        SampleCaptions
            .Of(split)
            .Select(own => SceneGrammar.Parse(own[0])!)
            .SelectMany(facts => new[] { facts.First, facts.Second }.OfType<SceneGroup>());
}
