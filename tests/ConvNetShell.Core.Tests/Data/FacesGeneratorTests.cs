using System.Security.Cryptography;
using ConvNetShell.Core.Applications.Embeddings;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Generated;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Inference.Metrics;

namespace ConvNetShell.Core.Tests.Data;

public sealed class FacesGeneratorTests
{
    [Fact]
    public void The_same_seed_gives_the_same_bytes_on_every_machine()
    {
        Dataset faces = FacesGenerator.Generate(40, 20, seed: 7);
        Assert.Equal("Faces: 3x32x32, 360 classes, Train 40, Validation 10, Test 20", faces.ToString());
        Assert.Equal("e88090b2756ddaeb9e04f9e71f98a1a6", Convert.ToHexStringLower(MD5.HashData(faces.Train.PixelArray)));
        Assert.NotEqual(faces.Train.PixelArray, FacesGenerator.Generate(40, 20, seed: 8).Train.PixelArray);
    }

    [Fact]
    public void Nobody_is_in_two_splits_and_no_picture_depends_on_how_many_are_made()
    {
        Dataset faces = FacesGenerator.Generate(960, 40),
            few = FacesGenerator.Generate(10, 0);
        HashSet<int>[] people = [.. faces.Splits.Select(split => split.Labels.ToHashSet())];
        Assert.Equal([320, 20, 20], people.Select(own => own.Count));
        Assert.Equal(360, people.SelectMany(own => own).Distinct().Count());
        Assert.Equal(few.Train.PixelArray, faces.Train.PixelArray[..few.Train.PixelArray.Length]);
        Assert.Null(few.Validation);
        Assert.Throws<InvalidSettingException>(() => FacesGenerator.Generate(0));
        Assert.Throws<InvalidSettingException>(() => FacesGenerator.Generate(10, -1));
    }

    [Fact]
    public void Pictures_have_attributes_and_one_group_is_rare_in_Train()
    {
        Dataset faces = FacesGenerator.Generate(960, 40);
        Assert.Equal(["Beard", "Glasses", "Hair", "Skin"], faces.Train.Attributes.Names);
        Assert.True(faces.Train.Attributes.TryGet("skin", out IReadOnlyList<string>? skin));
        Assert.Equal(960 / 16, skin.Count(value => value == "dark"));
        Assert.Equal("dark", faces.Test!.Attributes.Of(1)["Skin"]);
        DatasetSplit reversed = faces.Test.Take([1, 0]);
        Assert.Equal(faces.Test.Attributes.Of(1), reversed.Attributes.Of(0));
        Assert.Equal(faces.Test.Attributes.Of(1), faces.Test.WithLabels(new int[40]).Attributes.Of(1));
    }

    [Fact]
    public void Plain_pixels_hardly_say_who_it_is()
    {
        DatasetSplit test = FacesGenerator.Generate(1, 400).Test!;
        double area = new VerificationCurve(VerificationPairs.All(PixelVectors.Of(test), test.LabelArray)).Auc;
        Assert.InRange(area, 0.5, 0.7);
    }

    [Fact]
    public void Groups_are_balanced_by_repeating_the_rarer_one()
    {
        Dataset faces = FacesGenerator.Generate(320, 0);
        Assert.True(faces.Train.Attributes.TryGet("Skin", out IReadOnlyList<string>? skin));
        DatasetSplit balanced = faces.Balance(skin).Train;
        Assert.Equal(2 * 300, balanced.Count);
        Assert.True(balanced.Attributes.TryGet("Skin", out IReadOnlyList<string>? after));
        Assert.Equal(300, after.Count(value => value == "dark"));
        Assert.Throws<InvalidSettingException>(() => faces.Balance(["one"]));
    }
}
