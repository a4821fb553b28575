using System.Security.Cryptography;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Generated;
using ConvNetShell.Core.Errors;

namespace ConvNetShell.Core.Tests.Data;

public class ShapesGeneratorTests
{
    [Fact]
    public void The_same_seed_gives_the_same_bytes_on_every_machine()
    {
        Dataset dataset = ShapesGenerator.Generate(40, 20, seed: 7);
        Assert.Equal("Shapes: 3x32x32, 10 classes, Train 40, Test 20", dataset.ToString());
        Assert.Equal("b5be36b85085250e29c3c2165909b9ab", Convert.ToHexStringLower(MD5.HashData(dataset.Train.PixelArray)));
    }

    [Fact]
    public void Images_do_not_depend_on_how_many_are_made()
    {
        Dataset few = ShapesGenerator.Generate(10, 0),
            many = ShapesGenerator.Generate(150, 30);
        Assert.Equal(few.Train.PixelArray, many.Train.PixelArray[..few.Train.PixelArray.Length]);
        Assert.Null(few.Test);
        Assert.NotEqual(many.Train.PixelArray[..3072], many.Test!.PixelArray[..3072]);
        Assert.NotEqual(few.Train.PixelArray, ShapesGenerator.Generate(10, 0, 1).Train.PixelArray);
    }

    [Fact]
    public void Classes_are_balanced_and_counts_checked()
    {
        Assert.All(ShapesGenerator.Generate(60, 20).Train.Labels.GroupBy(label => label), group => Assert.Equal(6, group.Count()));
        Assert.Throws<InvalidSettingException>(() => ShapesGenerator.Generate(0));
        Assert.Throws<InvalidSettingException>(() => ShapesGenerator.Generate(10, -1));
    }

    [Theory]
    [InlineData(0, 0, -10)]
    [InlineData(0, -9.9, -0.04)]
    [InlineData(0, -11, 1)]
    [InlineData(0, 5, 0)]
    public void The_stars_outline_is_where_it_should_be(double x, double y, double atLeast)
    {
        double distance = ShapeOutlines.Star(x, y, 10);
        Assert.True(atLeast < 0 ? distance is < 0 and >= -10 : distance >= atLeast, $"{distance}");
    }
}
