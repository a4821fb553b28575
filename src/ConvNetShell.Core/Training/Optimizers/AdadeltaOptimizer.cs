using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Training.Settings;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Training.Optimizers;

/// <summary>
/// Adadelta with decay rate 0.95 and epsilon 1e-6, as ConvNetJS has it (ConvNetTrainer: ro, eps); the learning rate multiplies its step.
/// </summary>
internal sealed class AdadeltaOptimizer : Optimizer
{
    private const double Rho = 0.95,
        Epsilon = 1e-6;
    private readonly Tensor[] square,
        moved;

    public AdadeltaOptimizer(IReadOnlyList<NamedTensor> parameters, TrainingSettings settings)
        : base(parameters, settings)
    {
        square = CreateState("square");
        moved = CreateState("moved");
    }

    protected override void Update(WeightPiece piece, Tensor weight, Tensor gradient)
    {
        AddDecay(piece.Index, weight, gradient);
        Tensor squares = piece.Of(square[piece.Index]).ScaleInPlace(Rho).AddProductInPlace(gradient, gradient, 1 - Rho);
        Tensor steps = piece.Of(moved[piece.Index]),
            step = steps.Plus(Epsilon).sqrt_().div_(squares.Plus(Epsilon).sqrt_()).mul_(gradient);
        steps.ScaleInPlace(Rho).AddProductInPlace(step, step, 1 - Rho);
        weight.AddInPlace(step, -Rate(piece.Index));
    }
}
