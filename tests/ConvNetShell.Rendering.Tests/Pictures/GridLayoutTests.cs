using ConvNetShell.Display.Mime;
using ConvNetShell.Display.Pictures;
using ConvNetShell.Rendering.Drawing;
using ConvNetShell.Rendering.Pictures;
using SkiaSharp;

namespace ConvNetShell.Rendering.Tests.Pictures;

/// <summary>Grids are aligned, whatever is in them.</summary>
public sealed class GridLayoutTests
{
    public static TheoryData<int, int, int> Cases =>
        new()
        {
            { 1, 5, 0 },
            { 1, 700, 0 },
            { 3, 32, 0 },
            { 16, 5, 0 },
            { 20, 32, 7 },
            { 64, 28, 0 },
            { 320, 5, 16 },
            { 400, 1, 0 },
            { 5, 300, 0 },
        };

    [Theory, MemberData(nameof(Cases))]
    public void Tiles_keep_apart_stay_on_the_page_and_stand_in_columns(int count, int side, int columns)
    {
        var page = new GridPage(Samples.Grid(count, side) with { Columns = columns == 0 ? null : columns }, RenderOptions.Default);
        using var caption = new Lettering(11);
        using var painter = new GridPainter(page, RenderOptions.Default, vector: false);
        var layout = new GridLayout(page, null, caption, 20);
        SKRect[] tiles = [.. Enumerable.Range(0, count).Select(layout.TileAt)];

        Assert.All(
            tiles,
            tile =>
                Assert.True(
                    tile.Left >= 0 && tile.Right <= painter.Size.Width && tile.Bottom <= painter.Size.Height,
                    $"{tile} on {painter.Size}"
                )
        );
        Assert.Equal(Math.Min(layout.Columns, count), tiles.Select(tile => tile.Left).Distinct().Count());
        Assert.Equal(layout.Rows, tiles.Select(tile => tile.Top).Distinct().Count());
        Assert.All(
            tiles.Zip(tiles.Skip(1)),
            pair => Assert.False(SKRect.Intersect(pair.First, pair.Second) is { Width: > 0, Height: > 0 })
        );
        if (columns > 0)
        {
            Assert.Equal(columns, layout.Columns);
        }
    }

    [Theory]
    [InlineData(5, 16)]
    [InlineData(32, 10)]
    [InlineData(3, 100)]
    public void Small_pictures_are_magnified_by_whole_numbers(int side, int count)
    {
        using var caption = new Lettering(11);
        var layout = new GridLayout(new GridPage(Samples.Grid(count, side), RenderOptions.Default), null, caption, 0);
        Assert.Equal(MathF.Floor(layout.Magnify), layout.Magnify);
        Assert.Equal(side * layout.Magnify, layout.TileAt(0).Width);
    }

    [Fact]
    public void A_picture_far_smaller_than_its_neighbors_is_as_large_on_the_page()
    {
        using var caption = new Lettering(11);
        var grid = new PictureGrid(
            string.Empty,
            [.. Samples.Grid(1, 5).Pictures, .. Samples.Grid(1, 20).Pictures, .. Samples.Grid(1, 32).Pictures]
        );
        var layout = new GridLayout(new GridPage(grid, RenderOptions.Default), null, caption, 0);
        float widest = layout.TileAt(2).Width;
        Assert.InRange(layout.TileAt(0).Width, widest - 5, widest);
        Assert.Equal(20 * layout.Magnify, layout.TileAt(1).Width); // not far smaller: pixels of one size
    }

    [Fact]
    public void What_does_not_fit_a_page_is_counted()
    {
        var grid = Samples.Grid(1000);
        var page = new GridPage(grid, new RenderOptions { Page = 3 });
        Assert.Equal(200, page.Pictures.Count);
        Assert.Same(grid.Pictures[800], page.Pictures[0]);
        Assert.Contains("Page 3 of 3: 200 of 1,000 pictures.", page.Notes);
        Assert.Equal(200, new GridPage(grid, new RenderOptions { Page = 99 }).Pictures.Count);
    }

    [Fact]
    public void Numbers_that_are_none_are_counted_in_a_note() =>
        Assert.Contains(
            "3 values are no finite numbers: drawn in magenta.",
            new GridPage(
                new PictureGrid("", [new Picture("", 1, 1, 4, [float.NaN, 1, float.NaN, float.NegativeInfinity])]),
                RenderOptions.Default
            ).Notes
        );

    [Fact]
    public void A_common_range_holds_for_all_and_own_ranges_are_written_below()
    {
        var pictures = new[]
        {
            new Picture("a", 1, 1, 2, [-1, 0.5f], ColorScale.Diverging),
            new Picture("b", 1, 1, 2, [0, 3], ColorScale.Diverging),
        };
        var common = new GridPage(new PictureGrid("", pictures) { CommonRange = true }, RenderOptions.Default);
        Assert.Equal(new ValueRange(-3, 3), common.RangeOf(pictures[0]));
        Assert.Equal(["a"], common.Labels[0]);

        var own = new GridPage(new PictureGrid("", pictures), RenderOptions.Default);
        Assert.Equal(new ValueRange(-1, 1), own.RangeOf(pictures[0]));
        Assert.Equal(["a", "−1 to 0.5"], own.Labels[0]);
    }

    [Fact]
    public void Photos_keep_their_colors_beside_weights_with_a_common_range()
    {
        var photo = new Picture("", 3, 1, 1, [0, 0.5f, 1]);
        var weights = new Picture("", 3, 1, 1, [-2, 0, 1]) { Low = -2, High = 2 };
        var page = new GridPage(new PictureGrid("", [photo, weights]) { CommonRange = true }, RenderOptions.Default);
        Assert.Equal(new ValueRange(0, 1), page.RangeOf(photo));
        Assert.Equal(new ValueRange(-2, 2), page.RangeOf(weights));
    }

    [Theory]
    [InlineData(new float[] { 0.3f, 0.3f }, "all 0.3", 0.5)]
    [InlineData(new float[] { 0, 0 }, "all 0", 0)]
    public void A_map_without_variance_is_flat(float[] values, string label, double place)
    {
        var flat = new Picture("", 1, 2, 1, values, ColorScale.Viridis);
        var page = new GridPage(new PictureGrid("", [flat, flat]), RenderOptions.Default);
        Assert.Equal(label, page.Labels[0][^1]);
        Assert.Equal(place, page.RangeOf(flat).Fraction(values[0]));
    }
}
