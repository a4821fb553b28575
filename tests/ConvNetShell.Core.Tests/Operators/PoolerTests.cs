using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers.Pooling;
using ConvNetShell.Core.Layers.Windows;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Operators;
using ConvNetShell.Display;

namespace ConvNetShell.Core.Tests.Operators;

public sealed class PoolerTests
{
    private static readonly NumericArray Square = new([1, 3, 2, 1, 4, 2, 0, 1, 1, 1, 5, 6, 0, 2, 7, 8], 4, 4);

    [Fact]
    public void TheMaximumSaysWhereItCameFrom()
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
    public void OverlappingWindowsShareAMaximum()
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
    public void AMeanIsTheSumOverTheArea()
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
    public void PaddingIsNeverAMaximumAndANaNIs()
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

    [Fact]
    public void AWindowLargerThanTheInputIsAnError() =>
        Assert.Equal(
            "Layer.KernelTooLarge",
            Assert
                .Throws<LayerException>(() =>
                    Pooler.Compute(new NumericArray([1, 2], 2), new PoolSpec(PoolKind.Max, new Window(3, 1, Padding.Valid)))
                )
                .ErrorId
        );
}
