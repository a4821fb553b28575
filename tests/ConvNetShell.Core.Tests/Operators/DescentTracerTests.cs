using ConvNetShell.Core.Operators;
using ConvNetShell.Core.Training.Settings;
using ConvNetShell.Display.Records.Training;

namespace ConvNetShell.Core.Tests.Operators;

/// <summary>Descents on a loss over two weights, compared with the optimizers' formulas.</summary>
public sealed class DescentTracerTests
{
    private static readonly LossSurface Surface = LossSurface.Of("Loss", (x, y) => (x * x) + (3 * y), (2, 1));

    [Fact]
    public void Gradient_descent_with_momentum_follows_its_formula()
    {
        IReadOnlyList<DescentStep> steps = DescentTracer.Trace(Surface, Surface.Draw(), OptimizerKind.SGD, 3, 0.1, momentum: 0.5);
        (double x, double y, double velocityX, double velocityY) = (2, 1, 0, 0);
        foreach (DescentStep step in steps)
        {
            Assert.Equal((x, y), (step.X, step.Y), Close);
            Assert.Equal((2 * x, 3), (step.SlopeX, step.SlopeY), Close);
            (velocityX, velocityY) = ((0.5 * velocityX) + (2 * x), (0.5 * velocityY) + 3);
            (x, y) = (x - (0.1 * velocityX), y - (0.1 * velocityY));
        }
        Assert.Equal("SGD, momentum 0.5", steps[0].Optimizer);
    }

    [Fact]
    public void Adam_moves_both_weights_by_the_learning_rate_first()
    {
        DescentStep step = DescentTracer.Trace(Surface, Surface.Draw(), OptimizerKind.Adam, 1, 0.25)[1];
        Assert.Equal((1.75, 0.75), (step.X, step.Y), Close);
    }

    private static bool Close((double X, double Y) one, (double X, double Y) other) =>
        Math.Abs(one.X - other.X) < 1e-6 && Math.Abs(one.Y - other.Y) < 1e-6;
}
