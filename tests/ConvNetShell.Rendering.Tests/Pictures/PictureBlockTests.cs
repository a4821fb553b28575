using System.Xml.Linq;
using ConvNetShell.Display.Mime;
using ConvNetShell.Display.Pictures;
using ConvNetShell.Display.Records.Captions;
using ConvNetShell.Display.Records.Data;
using ConvNetShell.Display.Records.Operators;
using ConvNetShell.Display.Records.Understanding;
using ConvNetShell.Rendering.Drawing;
using ConvNetShell.Rendering.Pictures;
using ConvNetShell.Rendering.Terminal;
using SkiaSharp;

namespace ConvNetShell.Rendering.Tests.Pictures;

/// <summary>Pictures that belong together are drawn together, and small ones with their numbers.</summary>
public sealed class PictureBlockTests
{
    private static readonly RendererRegistry Registry = Renderers.Create();
    private static readonly ImageSample Image = new("d", "Test", 1, 1, "cat", 1, 1, 1, [7]);

    [Fact]
    public void Five_numbers_a_kernel_and_an_output_are_drawn_where_someone_asks_for_a_figure()
    {
        ConvolutionResult result = Lecture();
        Assert.False(Registry.CanRender(result)); // a notebook shows the numbers of its view
        Assert.Same(result, Assert.Single(Figures.Combine([result], drawLoneRows: false)));

        var grid = Assert.IsType<PictureGrid>(Assert.Single(Figures.Combine([result])));
        Assert.Equal(["input", "kernel", "output"], grid.Pictures.Select(picture => picture.Caption));
        Assert.All(grid.Pictures, picture => Assert.True(picture.IsNumbered));
        MimeBundle bundle = Registry.Render(grid, new RenderOptions { AllForms = true });
        Assert.Contains("    1 1 1 0 0", bundle.Text, StringComparison.Ordinal);
        IEnumerable<string> written = XDocument
            .Parse(bundle.Data[MimeBundle.Svg])
            .Descendants()
            .Where(part => part.Name.LocalName == "text")
            .Select(part => part.Value.Trim());
        Assert.Equal(["-1", "0", "0", "0", "0", "0", "1", "1", "1", "1", "1"], written.Where(text => text is "0" or "1" or "-1").Order());
        string terminal = PictureText.Draw(grid, new TerminalOptions(80, 24, Color: true));
        Assert.Contains("1 1 1 0 0", terminal, StringComparison.Ordinal);
    }

    [Fact]
    public void Sixteen_numbers_in_a_row_have_room_for_each_and_more_are_a_curve()
    {
        ConvolutionResult Of(int count) => Lecture() with { InputValues = Enumerable.Range(0, count).Select(i => i / 4.0).ToArray() };
        PictureGrid grid = Of(16).ToRequestedPictures();
        using var caption = new Lettering(11);
        var layout = new GridLayout(new GridPage(grid, RenderOptions.Default), null, caption, 0);
        Assert.True(layout.TileAt(0).Width / 16 >= CellNumbers.Side(grid.Pictures[0]));
        Assert.True(PictureImage.IsSignal(Of(17).ToRequestedPictures().Pictures[0]));
    }

    [Fact]
    public void A_pooling_shows_its_input_with_the_winners_framed()
    {
        var result = new PoolingResult(
            "Max",
            "4",
            "2",
            "2",
            "2",
            new double[] { 5, 8 },
            [
                [1],
                [2],
            ],
            0
        )
        {
            InputValues = new double[] { 1, 5, 8, 2 },
        };
        var grid = Assert.IsType<PictureGrid>(Assert.Single(Figures.Combine([result])));
        Assert.Equal(["input", "output"], grid.Pictures.Select(picture => picture.Caption));
        Assert.Equal(
            [
                [0, 1, 1, 1],
                [0, 2, 1, 1],
            ],
            grid.Pictures[0].Marks
        );
    }

    [Fact]
    public void Maps_of_a_layer_share_scale_and_range()
    {
        PictureGrid grid = PictureCollection.Merge([Map("lstm1", 0, [0, 0.5f]), Map("lstm1", 1, [-0.25f, 0.1f])]);
        Assert.True(grid.CommonRange);
        Assert.All(
            grid.Pictures,
            picture => Assert.Equal((ColorScale.Diverging, -0.25, 0.5), (picture.Scale, picture.Low!.Value, picture.High!.Value))
        );
        var page = new GridPage(grid, RenderOptions.Default);
        Assert.Empty(page.Bars); // curves have no colors
        Assert.Contains("All curves reach from −0.25 to 0.5; the line across is 0.", page.Notes);

        PictureGrid two = PictureCollection.Merge([Map("a", 0, [0, 1]), Map("a", 1, [0, 2]), Map("b", 0, [-9, 1]), Map("b", 1, [0, 2])]);
        Assert.False(two.CommonRange);
        Assert.Equal([2.0, 2, 2, 2], two.Pictures.Select(picture => picture.High!.Value));
        Assert.Equal([0.0, 0, -9, -9], two.Pictures.Select(picture => picture.Low!.Value));
    }

    [Fact]
    public void Each_filter_stands_beside_its_map()
    {
        LayerFilter Filter(int index) => new("conv2", index, "1x2x2", 0, Array.Empty<double>(), [1, 2, 3, 4]);
        PictureGrid grid = PictureCollection.Merge([
            .. Enumerable.Range(0, 20).Select(Filter),
            .. Enumerable.Range(0, 20).Select(i => Map("conv2", i, [1, 2, 3, 4])),
        ]);
        Assert.Equal(40, grid.Pictures.Count);
        Assert.Equal(["filter 0", "map 0", "filter 1", "map 1"], grid.Pictures.Take(4).Select(picture => picture.Caption));
        Assert.Equal(6, grid.Columns);
        Assert.Equal("conv2: filters; conv2, a.png: maps", grid.Title);

        // the maps of other filters are not theirs
        PictureGrid others = PictureCollection.Merge([Filter(0), Filter(1), Map("conv2", 2, [1, 2]), Map("conv2", 3, [1, 2])]);
        Assert.DoesNotContain(others.Pictures, picture => picture.Caption == "map 2");
    }

    [Fact]
    public void Matches_of_a_template_are_numbered_frames_in_one_picture()
    {
        double[][] scores =
        [
            .. Enumerable.Range(0, 8).Select(row => Enumerable.Range(0, 8).Select(column => (double)(row * column)).ToArray()),
        ];
        Picture crowd = Samples.Map("crowd");
        TemplateMatch Match(int rank) => new(rank, rank, 2 * rank, 3, 2, 1.0 / rank) { ScoreMap = scores, Searched = crowd };
        PictureGrid grid = PictureCollection.Merge([Match(1), Match(2), Match(3)]);
        Assert.Equal(2, grid.Pictures.Count);
        Assert.Equal(2, grid.Columns);
        Assert.Equal(
            [
                [1, 2, 3, 2],
                [2, 4, 3, 2],
                [3, 6, 3, 2],
            ],
            grid.Pictures[0].Marks
        );
        Assert.Equal(["1", "2", "3"], grid.Pictures[0].MarkNames);
        Assert.Contains("2: row 2, column 4: 0.500", grid.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Pairs_of_two_splits_stay_whole_in_the_rows_of_the_wider_one()
    {
        ImageSample At(string split, int index) => Image with { Split = split, Index = index };
        SplitMeasure Measure(string split, int pairs) =>
            new("Shapes", split, 9, 1, 9, 9, 0, 1, pairs, 0, 0)
            {
                Duplicates = [.. Enumerable.Range(1, pairs).Select(i => new DuplicatePair(At(split, i), At(split, 0), 0))],
            };
        int? Columns(int other) =>
            Assert.IsType<PictureGrid>(Assert.Single(Figures.Combine([Measure("Train", 1), Measure("Test", other)]))).Columns;
        Assert.Equal(6, Columns(4));
        Assert.Equal(4, Columns(2));
    }

    [Fact]
    public void Large_pictures_are_as_large_as_the_page_allows()
    {
        using var caption = new Lettering(11);
        var layout = new GridLayout(new GridPage(Samples.Grid(2, 480), RenderOptions.Default), null, caption, 0);
        Assert.InRange(layout.TileAt(0).Width, 400, 430);
    }

    [Fact]
    public void A_split_shows_its_pairs_where_someone_asks_for_a_figure()
    {
        ImageSample Sample(string split, int index, string name) => new("d", split, index, index, name, 1, 1, 1, [7]);
        var measure = new SplitMeasure("d", "Test", 2, 2, 1, 1, 0, 0, 0, 1, 1)
        {
            Duplicates = [new DuplicatePair(Sample("Test", 1, "cat"), Sample("Train", 2, "dog"), 0)],
        };
        Assert.Same(measure, Assert.Single(Figures.Combine([measure], drawLoneRows: false)));
        var grid = Assert.IsType<PictureGrid>(Assert.Single(Figures.Combine([measure])));
        Assert.Equal(["cat\nTest[1]", "dog\nTrain[2], leak, other label"], grid.Pictures.Select(picture => picture.Caption));
        SplitMeasure clean = measure with { Duplicates = [] };
        Assert.Same(clean, Assert.Single(Figures.Combine([clean])));
    }

    [Theory]
    [InlineData(SaliencyMethod.Occlusion, "score lost −1 to 2")]
    [InlineData(SaliencyMethod.Gradient, "gradient −1 to 2")]
    public void A_range_says_of_which_numbers_it_is(SaliencyMethod method, string expected)
    {
        var image = new ImageSample("d", "Test", 1, 1, "cat", 2, 2, 1, [1, 2, 3, 4]);
        var saliency = new Saliency("Test[1]", method, "cat", 3, 0.9, "cat", 2, 2, [-1, 0, 1, 2])
        {
            IsSigned = true,
            Sample = image,
            Image = SamplePictures.ToPicture(image),
        };
        Assert.Equal(expected, new GridPage(saliency.ToPictures(), RenderOptions.Default).Labels[1][^1]);
    }

    [Fact]
    public void A_label_error_says_which_class_is_given_and_which_is_suggested() =>
        Assert.Equal(
            "given: cat 0.1 %\nsuggested: dog 98.3 %",
            new LabelErrorCandidate("Test[1]", 1, "cat", "dog", 0.001, 0.983, 0.7) { Sample = Image }
                .ToPictures()
                .Pictures[0]
                .Caption
        );

    [Fact]
    public void A_dream_says_that_its_numbers_are_activations() =>
        Assert.Equal(
            "conv3[7]\nactivation 0.12 → 9.87",
            new DreamImage("conv3", 7, null, 0.12, 9.87, 200, 0, Image, []).ToPictures().Pictures[0].Caption
        );

    [Fact]
    public void A_caption_has_the_probability_of_each_word_and_names_its_attention()
    {
        ImageCaption Of(params CaptionWord[] words) =>
            new("Net", "Test[1]", string.Join(' ', words.Select(word => word.Text)), -1, words) { Sample = Image, References = ["a ring"] };
        var page = new GridPage(
            Of(new("a", 0.99, 1, 2, [0.3f, 0.7f]), new("ring", 0.5, 1, 2, [0.2f, 0.8f])).ToPictures(),
            RenderOptions.Default
        );
        Assert.Equal(["ring 50.0 %", "attention 0.2 to 0.8"], page.Labels[2]);
        Assert.Equal("a ring", page.Grid.Title);

        PictureGrid wrong = Of(new("a", 0.99, 0, 0, []), new("cross", 0.5, 0, 0, [])).ToPictures();
        Assert.Equal("a cross (none of the dataset's captions)", wrong.Title);
        Assert.Equal("The probability of each word: a 99.0 %, cross 50.0 %.\nOne of the dataset's captions: a ring", wrong.Note);
    }

    private static ConvolutionResult Lecture() =>
        new("cross-correlation", "5", "2", "floor((5 + 0 + 0 - 2) / 1) + 1 = 4", "4", new double[] { 0, 0, 1, 0 }, 0)
        {
            InputValues = new double[] { 1, 1, 1, 0, 0 },
            KernelValues = new double[] { 1, -1 },
        };

    private static FeatureMap Map(string layer, int channel, float[] values) =>
        new(layer, channel, "a.png", "2", values)
        {
            Data = values.Select(value => (double)value).ToArray(),
            Height = values.Length > 2 ? 2 : 1,
            Width = 2,
        };
}
