using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers.Convolution;
using ConvNetShell.Core.Layers.Pooling;
using ConvNetShell.Core.Layers.Windows;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Tests.Layers;

/// <summary>Output size: floor((n + 2p - k) / s) + 1.</summary>
public sealed class OutputSizeTests
{
    [Theory]
    [InlineData(32, 5, 1, 2, 32)]
    [InlineData(224, 11, 4, 2, 55)]
    [InlineData(227, 11, 4, 0, 55)]
    [InlineData(28, 5, 1, 0, 24)]
    [InlineData(5, 5, 3, 0, 1)]
    [InlineData(7, 2, 2, 0, 3)]
    public void Formula_holds(int size, int kernel, int stride, int padding, int expected) =>
        Assert.Equal(
            new Shape(4, expected, expected),
            new ConvSpec(4, new Window(kernel, stride, Padding.Of(padding))).OutputShape(new Shape(3, size, size))
        );

    [Theory]
    [InlineData(32, 5, 1, 2, 2)]
    [InlineData(32, 4, 1, 1, 2)] // an even kernel: the odd zero goes after the input
    [InlineData(32, 3, 2, 0, 1)]
    [InlineData(33, 3, 2, 1, 1)]
    [InlineData(7, 1, 3, 0, 0)]
    [InlineData(6, 2, 4, 0, 0)]
    public void Same_divides_by_steps(int size, int kernel, int stride, int before, int after)
    {
        var window = new Window(kernel, stride, Padding.Same);
        Assert.Equal((size + stride - 1) / stride, window.OutputSizes("conv", new Shape(1, size, size))[0]);
        Assert.Equal((before, after), window.Pads(new Shape(1, size, size))[0]);
    }

    [Theory]
    [InlineData(7, 2, 2, 0, 1)]
    [InlineData(8, 3, 2, 1, 0)] // the row left over is padding
    [InlineData(9, 1, 3, 0, 6)] // two of three places lie between windows
    [InlineData(10, 2, 3, 0, 4)]
    [InlineData(10, 4, 4, 0, 2)]
    [InlineData(10, 3, 1, 5, 0)]
    [InlineData(6, 1, 5, 4, 5)] // a window starting in the padding
    public void Dropped_places_are_counted(int size, int kernel, int stride, int padding, int expected) =>
        Assert.Equal(
            expected,
            new Window(kernel, stride, padding == 0 ? Padding.Valid : Padding.Of(padding)).Dropped(new Shape(1, size, size))[0]
        );

    [Fact]
    public void Window_must_fit()
    {
        var error = Assert.Throws<LayerException>(() =>
            new PoolSpec(PoolKind.Max, new Window(2, 2, Padding.Valid)).OutputShape(new Shape(20, 1, 4))
        );
        Assert.Equal(("Layer.KernelTooLarge", "pool2"), (error.ErrorId, error.Layer));
        Assert.Contains("Received: 20x1x4", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Vectors_have_no_windows() =>
        Assert.Equal(
            "Layer.WrongInput",
            Assert.Throws<LayerException>(() => new ConvSpec(1, new Window(1, 1, Padding.Same)).OutputShape(new Shape(9))).ErrorId
        );

    [Theory]
    [InlineData("3,32,32", "3x32x32")]
    [InlineData("32x32x3", "3x32x32")]
    [InlineData("28X20x1", "1x28x20")]
    [InlineData("120", "120")]
    public void Shapes_are_read_both_ways(string text, string expected) => Assert.Equal(expected, Shape.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("a,b")]
    [InlineData("3,-1,4")]
    [InlineData("0x3")]
    public void Bad_shapes_are_refused(string text) => Assert.Throws<InvalidSettingException>(() => Shape.Parse(text));
}
