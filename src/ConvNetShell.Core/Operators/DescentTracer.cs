using ConvNetShell.Core.Compute.Native;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Training.Optimizers;
using ConvNetShell.Core.Training.Settings;
using ConvNetShell.Display.Records.Training;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Operators;

/// <summary>Goes down a loss over two weights with the optimizers that trainings use, in float64.</summary>
public static class DescentTracer
{
    private const double AdaptiveRate = 0.1; // of the optimizers that scale their steps themselves

    /// <summary>Returns the steps of a descent; it ends early where the loss is no longer a number.</summary>
    /// <param name="surface">The loss.</param>
    /// <param name="drawn">Its picture, which each step knows.</param>
    /// <param name="optimizer">The optimizer; not Muon, which moves matrices.</param>
    /// <param name="steps">The number of steps.</param>
    /// <param name="rate">The learning rate; <see langword="null"/>: for SGD the surface's, for Adadelta 1, for the others 0.1.</param>
    /// <param name="momentum">The momentum of SGD and RMSprop.</param>
    /// <param name="stop">Ends the work within a moment.</param>
    /// <returns>The beginning and each step after it.</returns>
    /// <exception cref="InvalidSettingException">The optimizer is Muon, or a number is out of range.</exception>
    public static IReadOnlyList<DescentStep> Trace(
        LossSurface surface,
        DescentSurface drawn,
        OptimizerKind optimizer,
        int steps,
        double? rate = null,
        double momentum = 0,
        CancellationToken stop = default
    )
    {
        ArgumentNullException.ThrowIfNull(surface);
        if (optimizer == OptimizerKind.Muon)
        {
            throw new InvalidSettingException("Optimizer", "SGD, Adam, AdamW, Adadelta or RMSprop; Muon moves matrices", optimizer);
        }
        TorchLibrary.Open();
        var settings = new TrainingSettings
        {
            Optimizer = optimizer,
            LearningRate = rate ?? (optimizer == OptimizerKind.SGD ? surface.LearningRate : AdaptiveRateOf(optimizer)),
            Momentum = momentum,
            Nesterov = false,
            WeightDecay = 0,
        };
        string name =
            momentum > 0 && optimizer is OptimizerKind.SGD or OptimizerKind.RMSprop
                ? FormattableString.Invariant($"{optimizer}, momentum {momentum}")
                : optimizer.ToString();
        using var scope = NewDisposeScope();
        Tensor weights = tensor([surface.Start.X, surface.Start.Y], ScalarType.Float64).requires_grad_();
        using var mover = Optimizer.Create([new NamedTensor("weights", weights)], settings);
        mover.LearningRate = settings.LearningRate;
        var path = new List<DescentStep>();
        for (int step = 0; step <= steps; step++)
        {
            stop.ThrowIfCancellationRequested();
            double[] at = weights.detach().data<double>().ToArray();
            double loss = surface.At(at[0], at[1]);
            (double x, double y) = surface.Slope(at[0], at[1]);
            path.Add(new DescentStep(name, step, at[0], at[1], loss, x, y) { Surface = drawn });
            if (!double.IsFinite(loss) || !double.IsFinite(x) || !double.IsFinite(y))
            {
                break;
            }
            using var inner = NewDisposeScope();
            weights.grad = tensor([x, y], ScalarType.Float64);
            mover.Step();
        }
        return path;
    }

    private static double AdaptiveRateOf(OptimizerKind optimizer) => optimizer == OptimizerKind.Adadelta ? 1 : AdaptiveRate;
}
