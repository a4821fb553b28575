using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers.Pooling;
using ConvNetShell.Core.Layers.Windows;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Operators;

namespace ConvNetShell.Core.Tests.Operators;

/// <summary>Operators on more than fits or on more than one strip: refused before memory is taken, or right, and stopped at once.</summary>
public sealed class LargeInputTests
{
    private static readonly NumericArray Three = new([1, 2, 3], 3);

    [Theory]
    [InlineData(1_000_000_000)]
    [InlineData(int.MaxValue)]
    public void Padding_beyond_the_memory_is_refused(int zeros)
    {
        Assert.ThrowsAny<ConvNetException>(() =>
            Convolver.Compute(
                ConvolutionProblem.Understand(
                    new NumericArray(new double[400], 20, 20),
                    new NumericArray([1, 1, 1, 1], 2, 2),
                    new ConvolutionOptions { Padding = Padding.Of(zeros) }
                )
            )
        );
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    [InlineData(2, 11)]
    public void Strips_are_joined_without_a_seam(int stride, int side)
    {
        var random = new Random(1);
        const int rows = 1801,
            columns = 2500; // more than one strip at stride 1
        double[] values = [.. Enumerable.Range(0, rows * columns).Select(_ => (double)random.Next(-3, 4))];
        double[] weights = [.. Enumerable.Range(0, side * side).Select(_ => (double)random.Next(-3, 4))];
        NumericArray output = Convolver.Compute(
            ConvolutionProblem.Understand(
                new NumericArray(values, rows, columns),
                new NumericArray(weights, side, side),
                new ConvolutionOptions { Stride = stride, Padding = Padding.Of(1) }
            )
        );

        foreach (int at in Enumerable.Range(0, 4000).Select(_ => random.Next(output.Values.Count)))
        {
            (int row, int column) = (at / output.Sizes[1], at % output.Sizes[1]);
            double sum = 0;
            for (int y = 0; y < side; y++)
            {
                for (int x = 0; x < side; x++)
                {
                    (int r, int c) = (row * stride + y - 1, column * stride + x - 1);
                    sum += r is >= 0 and < rows && c is >= 0 and < columns ? values[r * columns + c] * weights[y * side + x] : 0;
                }
            }
            Assert.Equal(sum, output.Data[at], 1e-6);
        }
    }

    [Fact]
    public void Work_that_was_stopped_ends()
    {
        var stopped = new CancellationToken(canceled: true);
        var picture = new NumericArray(new double[64], 8, 8);
        var spot = new NumericArray([1, 0, 0, 0], 2, 2);

        Assert.ThrowsAny<OperationCanceledException>(() =>
            Convolver.Compute(ConvolutionProblem.Understand(Three, new NumericArray([1, 1], 2), new ConvolutionOptions()), stopped)
        );
        Assert.ThrowsAny<OperationCanceledException>(() => TemplateFinder.Find(picture, spot, stop: stopped));
        Assert.ThrowsAny<OperationCanceledException>(() =>
            Pooler.Compute(picture, new PoolSpec(PoolKind.Max, new Window(2, 2, Padding.Valid)), stop: stopped)
        );
    }
}
