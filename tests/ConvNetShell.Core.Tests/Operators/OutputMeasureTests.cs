using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers.Windows;
using ConvNetShell.Core.Operators;
using ConvNetShell.Display.Records.Operators;

namespace ConvNetShell.Core.Tests.Operators;

public sealed class OutputMeasureTests
{
    [Theory]
    [InlineData(32, 5, 1, 2, 32, "floor((32 + 2 + 2 - 5) / 1) + 1 = 32", 0)]
    [InlineData(224, 11, 4, 2, 55, "floor((224 + 2 + 2 - 11) / 4) + 1 = 55", 0)]
    [InlineData(227, 11, 4, 0, 55, "floor((227 + 0 + 0 - 11) / 4) + 1 = 55", 0)]
    [InlineData(28, 5, 1, 0, 24, "floor((28 + 0 + 0 - 5) / 1) + 1 = 24", 0)]
    public void The_formula_has_the_numbers_put_in(int input, int kernel, int stride, int padding, int output, string formula, int dropped)
    {
        ConvOutputInfo info = OutputMeasure.Measure([input], new Window(kernel, stride, Padding.Of(padding)));
        Assert.Equal((output, formula, dropped), (Assert.Single(info.Sizes), info.Formula, Assert.Single(info.Dropped)));
    }

    [Fact]
    public void Transposed_turns_it_round()
    {
        ConvOutputInfo info = OutputMeasure.Measure([16, 16], new Window(4, 2, Padding.Of(1)), transposed: true);
        Assert.Equal([32, 32], info.Sizes);
        Assert.Throws<LayerException>(() => OutputMeasure.Measure([4], new Window(5, 1, Padding.Valid)));
    }
}
