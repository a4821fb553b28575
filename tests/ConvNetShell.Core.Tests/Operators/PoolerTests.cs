using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers.Pooling;
using ConvNetShell.Core.Layers.Windows;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Operators;
using ConvNetShell.Core.Tests.Training;
using ConvNetShell.Display.Records.Operators;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Tests.Operators;

public sealed class PoolerTests
{
    private static readonly NumericArray Square = new([1, 3, 2, 1, 4, 2, 0, 1, 1, 1, 5, 6, 0, 2, 7, 8], 4, 4);

    [Fact]
    public void The_maximum_says_where_it_came_from()
    {
        PoolingResult result = Pooler.Compute(Square, new PoolSpec(PoolKind.Max, new Window(2, 2, Padding.Valid)));
        Assert.Equal(
            [
                [4, 2],
                [2, 8],
            ],
            (double[][])result.Output
        );
        Assert.Equal(
            [
                [1, 0],
                [0, 2],
                [3, 1],
                [3, 3],
            ],
            result.Winners
        );
    }

    [Fact]
    public void Overlapping_windows_share_a_maximum()
    {
        PoolingResult result = Pooler.Compute(
            new NumericArray([1, 5, 2, 4, 3], 5),
            new PoolSpec(PoolKind.Max, new Window(3, 1, Padding.Valid))
        );
        Assert.Equal([5, 5, 4], (double[])result.Output);
        Assert.Equal(
            [
                [1],
                [1],
                [3],
            ],
            result.Winners
        );
    }

    [Fact]
    public void A_mean_is_the_sum_over_the_area()
    {
        PoolingResult result = Pooler.Compute(Square, new PoolSpec(PoolKind.Average, new Window(2, 2, Padding.Valid)));
        Assert.Equal(
            [
                [2.5, 1],
                [1, 6.5],
            ],
            (double[][])result.Output
        );
        Assert.Empty(result.Winners);
    }

    [Fact]
    public void Padding_is_never_a_maximum_and_a_NaN_is()
    {
        PoolingResult padded = Pooler.Compute(
            new NumericArray([-5, -2, -7], 3),
            new PoolSpec(PoolKind.Max, new Window(2, 2, Padding.Of(1, 0)))
        );
        Assert.Equal([-5, -2], (double[])padded.Output);
        PoolingResult broken = Pooler.Compute(
            new NumericArray([1, double.NaN, 3, 4], 4),
            new PoolSpec(PoolKind.Max, new Window(2, 2, Padding.Valid))
        );
        Assert.Equal([double.NaN, 4], (double[])broken.Output);
        Assert.Equal(1, broken.NaNCount);
    }

    [Theory]
    [InlineData("3x2", "2x0")] // beyond half the window in one dimension
    [InlineData("2x3", "0x2")]
    [InlineData("3x2x2", "0x0x2")]
    [InlineData("2", "0x2")]
    [InlineData("2", "0:2")]
    [InlineData("3x2", "1x1x0")] // other dimensions than the window's
    public void Padding_beyond_half_the_window_is_refused(string kernel, string padding) =>
        Assert.Equal("Padding", Assert.Throws<InvalidSettingException>(() => Spec(kernel, padding)).Setting);

    [Theory]
    [InlineData("3x2", "1x1")]
    [InlineData("3x2", "1x0")]
    [InlineData("2", "1x0")] // a square window may be padded by dimension
    [InlineData("4", "2:1x0:2")]
    public void Padding_up_to_half_the_window_gives_numbers_only(string kernel, string padding)
    {
        PoolSpec spec = Spec(kernel, padding);
        Assert.All(Pooler.Compute(Square, spec).Winners, place => Assert.All(place, index => Assert.InRange(index, 0, 3)));
        using Network network = TinyData.Network(spec.ToToken(), new Shape(1, 4, 4));
        using Tensor input = rand([1, 1, 4, 4]);
        using Tensor output = network.Outputs(input)[0];
        Assert.True(output.isfinite().all().item<bool>());
    }

    private static PoolSpec Spec(string kernel, string padding) =>
        new(PoolKind.Max, new Window(SpatialSize.Parse("-Size", kernel), 2, Padding.Parse(padding)));

    [Fact]
    public void A_window_larger_than_the_input_is_an_error() =>
        Assert.Equal(
            "Layer.KernelTooLarge",
            Assert
                .Throws<LayerException>(() =>
                    Pooler.Compute(new NumericArray([1, 2], 2), new PoolSpec(PoolKind.Max, new Window(3, 1, Padding.Valid)))
                )
                .ErrorId
        );
}
