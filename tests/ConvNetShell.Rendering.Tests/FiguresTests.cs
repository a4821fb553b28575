using ConvNetShell.Display.Mime;
using ConvNetShell.Display.Pictures;
using ConvNetShell.Display.Records.Data;
using ConvNetShell.Display.Records.Evaluation;
using ConvNetShell.Display.Records.Training;
using ConvNetShell.Display.Records.Understanding;
using ConvNetShell.Rendering.Pictures;

namespace ConvNetShell.Rendering.Tests;

/// <summary>What comes one after the other and belongs together is one figure.</summary>
public sealed class FiguresTests
{
    [Fact]
    public void Neighbors_are_combined_and_others_left()
    {
        IReadOnlyList<object> figures = Figures.Combine([
            Samples.Map("a"),
            Samples.Map("b"),
            3,
            .. Samples.Epochs(2),
            new Prediction("a", 1, "cat", 0.9, null, null),
        ]);
        Assert.Collection(
            figures,
            grid => Assert.Equal(2, Assert.IsType<PictureGrid>(grid).Pictures.Count),
            number => Assert.Equal(3, number),
            history => Assert.Equal(2, Assert.Single(Assert.IsType<HistoryChart>(history).Runs).Value.Count),
            bars => Assert.IsType<PredictionChart>(bars)
        );
    }

    [Fact]
    public void Top_predictions_of_several_images_are_the_images_and_several_of_one_are_bars()
    {
        var image = new ImageSample("Tiny", "Test", 0, 1, "dog", 1, 1, 1, [7]);
        Prediction Of(string source, int rank) => new(source, rank, "cat", 0.9, "dog", false) { Sample = image, Loss = 2.5 };
        var grid = Assert.IsType<PictureGrid>(Assert.Single(Figures.Combine([Of("a", 1), Of("b", 1)])));
        Assert.Equal(
            ["cat 90.0 %\ntrue: dog, loss 2.50", "cat 90.0 %\ntrue: dog, loss 2.50"],
            grid.Pictures.Select(picture => picture.Caption)
        );
        Assert.IsType<PredictionChart>(Assert.Single(Figures.Combine([Of("a", 1), Of("a", 2), Of("b", 1)])));
        Assert.IsType<PredictionChart>(Assert.Single(Figures.Combine([Of("a", 1)])));
        Assert.Equal(2, Figures.Combine([Of("a", 1), Samples.Map("x")]).Count);
    }

    [Fact]
    public void A_row_by_itself_is_a_figure_only_where_one_was_asked_for()
    {
        EpochRecord epoch = Samples.Epochs(1)[0];
        Assert.IsType<HistoryChart>(Assert.Single(Figures.Combine([epoch])));
        Assert.Same(epoch, Assert.Single(Figures.Combine([epoch], drawLoneRows: false)));
        Assert.Null(Figures.Draw(epoch));
        Assert.NotNull(Figures.Draw(new HistoryChart("run", [epoch])));
    }

    [Fact]
    public void Runs_of_one_name_are_told_apart()
    {
        var run = new HistoryChart("CIFAR10 on Shapes", Samples.Epochs(2));
        var both = Assert.IsType<HistoryChart>(Assert.Single(Figures.Combine([run, run])));
        Assert.Equal(["CIFAR10 on Shapes (1)", "CIFAR10 on Shapes (2)"], both.Runs.Select(pair => pair.Key));
        Assert.Equal(4, both.ToChart().Panels[0].Series.Count);
    }

    [Fact]
    public void Runs_of_one_network_are_named_by_the_settings_and_layers_that_differ()
    {
        HistoryChart Run(string layers, string rate) =>
            new("Net on Shapes", Samples.Epochs(2))
            {
                Settings = new SettingValues(
                    new Dictionary<string, string>
                    {
                        ["LearningRate"] = rate,
                        [HistoryChart.Layers] = layers,
                        ["Epochs"] = "2",
                    }
                ),
            };
        string[] Names(params HistoryChart[] runs) =>
            [.. Assert.IsType<HistoryChart>(Assert.Single(Figures.Combine(runs))).Runs.Select(run => run.Key)];
        Assert.Equal(
            ["Net on Shapes, drop0.5", "Net on Shapes, without drop0.5"],
            Names(Run("conv3x3x4 drop0.5 fc3", "0.1"), Run("conv3x3x4 fc3", "0.1"))
        );
        Assert.Equal(["Net on Shapes, LearningRate 0.1", "Net on Shapes, LearningRate 0.2"], Names(Run("fc3", "0.1"), Run("fc3", "0.2")));
        Assert.Equal(["Net on Shapes (1)", "Net on Shapes (2)"], Names(Run("fc3", "0.1"), Run("fc3", "0.1")));
        Assert.Equal(["Net on Shapes", "Other"], Names(Run("fc3", "0.1"), Run("fc4", "0.2") with { Title = "Other" }));
    }

    [Fact]
    public void Maps_of_one_picture_stand_in_a_row_behind_it()
    {
        Picture first = Samples.Map("first"),
            second = Samples.Map("second");
        PictureGrid[] maps =
        [
            new("", [first, Samples.Map("1a")]),
            new("", [first, Samples.Map("1b")]),
            new("", [second, Samples.Map("2a")]),
            new("", [second, Samples.Map("2b")]),
        ];
        PictureGrid grid = PictureCollection.Merge(maps);
        Assert.Equal(["first", "1a", "1b", "second", "2a", "2b"], grid.Pictures.Select(picture => picture.Caption));
        Assert.Equal(3, grid.Columns);
    }

    [Fact]
    public void As_many_pictures_of_each_title_stand_in_a_row()
    {
        PictureGrid[] patches =
        [
            .. new[] { "unit 1", "unit 2" }.SelectMany(unit =>
                Enumerable.Range(0, 9).Select(i => new PictureGrid(unit, [Samples.Map($"{i}")]))
            ),
        ];
        Assert.Equal(9, PictureCollection.Merge(patches).Columns);
        Assert.Null(PictureCollection.Merge(patches.Skip(1)).Columns);
        Assert.Null(PictureCollection.Merge(patches.Take(9)).Columns);
    }

    [Fact]
    public void Titles_that_differ_lead_the_captions()
    {
        PictureGrid grid = PictureCollection.Merge([
            new PictureGrid("conv1", [Samples.Map("0")]),
            new PictureGrid("conv2", [Samples.Map("0")]),
        ]);
        Assert.Equal((string.Empty, "conv1\n0", "conv2\n0"), (grid.Title, grid.Pictures[0].Caption, grid.Pictures[1].Caption));
        Assert.Equal(
            "conv1",
            PictureCollection.Merge([new PictureGrid("conv1", [Samples.Map("0")]), new PictureGrid("conv1", [Samples.Map("1")])]).Title
        );
    }

    [Fact]
    public void Rows_of_one_unit_are_named_and_pages_keep_whole_rows()
    {
        var image = new ImageSample("Tiny", "Test", 0, 1, "dog", 1, 1, 1, [7]);
        MaximalPatch Patch(int unit, int rank) =>
            new(
                "conv3",
                unit,
                rank,
                4.25,
                $"Test[{rank}]",
                "cat",
                [1, 1],
                [
                    [0, 0],
                    [0, 0],
                ],
                image
            )
            {
                Sample = image,
            };
        var grid = Assert.IsType<PictureGrid>(
            Assert.Single(Figures.Combine([Patch(1, 1), Patch(1, 2), Patch(1, 3), Patch(5, 1), Patch(5, 2), Patch(5, 3)]))
        );
        Assert.Equal(["conv3[1]", "conv3[5]"], grid.RowNames);
        Assert.Equal(3, grid.Columns);
        Assert.All(grid.Pictures, picture => Assert.Equal("activation 4.25\ncat", picture.Caption));
        var page = new GridPage(grid, new RenderOptions { PageSize = 5, Page = 2 });
        Assert.Equal(["conv3[5]"], page.RowNames);
        Assert.Equal(3, page.Pictures.Count);

        // in rows of another length each picture says its unit
        PictureGrid wide = PictureCollection.Merge([Patch(1, 1), Patch(1, 2), Patch(5, 1), Patch(5, 2)], null, 4);
        Assert.Empty(wide.RowNames);
        Assert.Equal(
            ["conv3[1]\nactivation 4.25", "conv3[1]\nactivation 4.25", "conv3[5]\nactivation 4.25", "conv3[5]\nactivation 4.25"],
            wide.Pictures.Select(picture => picture.Caption)
        );
    }
}
