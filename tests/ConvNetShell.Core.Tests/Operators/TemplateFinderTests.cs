using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Operators;
using ConvNetShell.Display.Records.Data;
using ConvNetShell.Display.Records.Operators;

namespace ConvNetShell.Core.Tests.Operators;

public sealed class TemplateFinderTests
{
    [Fact]
    public void The_hidden_figure_is_found_in_every_crowd()
    {
        for (int seed = 0; seed < 10; seed++)
        {
            CrowdPicture crowd = CrowdPainter.Paint(200, 300, seed);
            TemplateMatch match = Assert.Single(TemplateFinder.Find(Pictures.ToArray(crowd.Picture), Pictures.ToArray(crowd.Template)));
            Assert.Equal((crowd.Row, crowd.Column), (match.Row, match.Column));
            Assert.InRange(match.Score, 0.999, 1);
        }
    }

    [Fact]
    public void Brightness_and_contrast_do_not_count()
    {
        NumericArray picture = Noise(1, 60, 80),
            template = Cut(picture, 20, 31, 12, 10);
        var changed = new NumericArray([.. template.Values.Select(value => 7 + 0.2 * value)], 12, 10);
        TemplateMatch match = Assert.Single(TemplateFinder.Find(picture, changed));
        Assert.Equal((20, 31), (match.Row, match.Column));
        Assert.Equal(1, match.Score, 1e-9);
    }

    [Fact]
    public void Matches_do_not_lie_on_one_another_and_come_in_order()
    {
        NumericArray picture = Noise(2, 90, 90),
            template = Cut(picture, 5, 5, 12, 12);
        Paste(picture, template, 60, 40);
        IReadOnlyList<TemplateMatch> matches = TemplateFinder.Find(picture, template, top: 3);
        Assert.Equal([(5, 5), (60, 40)], matches.Take(2).Select(match => (match.Row, match.Column)).Order());
        Assert.True(matches[2].Score < 0.9);
        Assert.Equal([1, 2, 3], matches.Select(match => match.Rank));
        Assert.Equal(2, TemplateFinder.Find(picture, template, top: 9, threshold: 0.99).Count);
        Assert.Equal((79, 79), (matches[0].ScoreMap.Length, matches[0].ScoreMap[0].Length));
    }

    [Fact]
    public void Plain_scores_are_sums_of_products()
    {
        var picture = new NumericArray([0, 1, 0, 0, 2, 0, 0, 0, 9], 3, 3);
        var template = new NumericArray([1, 0, 0, 2], 2, 2);
        TemplateMatch match = Assert.Single(TemplateFinder.Find(picture, template, normalized: false));
        Assert.Equal((1, 1, 20.0), (match.Row, match.Column, match.Score));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void A_value_that_is_no_number_hides_only_the_windows_that_meet_it(double value)
    {
        NumericArray picture = Noise(6, 60, 80),
            template = Cut(picture, 20, 31, 12, 10);
        double[] scores = [.. TemplateFinder.Find(picture, template)[0].ScoreMap.SelectMany(row => row)];
        picture.Data[3 * 80 + 4] = value;
        foreach (bool normalized in new[] { true, false })
        {
            TemplateMatch match = TemplateFinder.Find(picture, template, normalized)[0];
            Assert.Equal(4 * 5, match.ScoreMap.SelectMany(row => row).Count(double.IsNaN)); // rows 0 to 3, columns 0 to 4
        }
        TemplateMatch found = TemplateFinder.Find(picture, template)[0];
        Assert.Equal((20, 31), (found.Row, found.Column));
        double[] others = [.. found.ScoreMap.SelectMany(row => row)];
        Assert.All(others.Zip(scores).Where(pair => !double.IsNaN(pair.First)), pair => Assert.Equal(pair.Second, pair.First, 1e-9));
        Assert.Throws<InvalidSettingException>(() => TemplateFinder.Find(template, Cut(picture, 2, 2, 5, 5)));
    }

    /// <summary>A megapixel and a template of 64x64 go through the transform: by loops this would be 4 billion products.</summary>
    [Fact]
    public void A_megapixel_is_searched()
    {
        NumericArray picture = Noise(3, 1000, 1000),
            template = Cut(picture, 700, 123, 64, 64);
        TemplateMatch match = Assert.Single(TemplateFinder.Find(picture, template));
        Assert.Equal((700, 123), (match.Row, match.Column));
    }

    [Fact]
    public void What_cannot_be_found_is_named()
    {
        Assert.Throws<ShapeMismatchException>(() => TemplateFinder.Find(Noise(0, 8, 8), Noise(0, 9, 3)));
        Assert.Throws<InvalidSettingException>(() => TemplateFinder.Find(Noise(0, 8, 8), new NumericArray([2, 2, 2, 2], 2, 2)));
        Assert.Throws<InvalidSettingException>(() => TemplateFinder.Find(new NumericArray([1, 2, 3], 3), Noise(0, 2, 2)));
        Assert.Equal(0, Assert.Single(TemplateFinder.Find(new NumericArray([5, 5, 5, 5], 2, 2), Noise(0, 2, 2))).Score);
    }

    private static NumericArray Noise(int seed, int height, int width)
    {
        var draw = new Random(seed);
        return new NumericArray([.. Enumerable.Range(0, height * width).Select(_ => draw.NextDouble())], height, width);
    }

    private static NumericArray Cut(NumericArray picture, int top, int left, int height, int width) =>
        new(
            [.. Enumerable.Range(0, height * width).Select(i => picture.Values[(top + i / width) * picture.Sizes[1] + left + i % width])],
            height,
            width
        );

    private static void Paste(NumericArray picture, NumericArray part, int top, int left)
    {
        for (int i = 0; i < part.Values.Count; i++)
        {
            picture.Data[(top + i / part.Sizes[1]) * picture.Sizes[1] + left + i % part.Sizes[1]] = part.Values[i];
        }
    }
}
