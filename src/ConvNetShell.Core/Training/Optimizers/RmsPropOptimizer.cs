using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Training.Settings;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Training.Optimizers;

/// <summary>RMSprop with decay rate 0.99 and epsilon 1e-8, and momentum on its steps, as torch.optim has it.</summary>
internal sealed class RmsPropOptimizer : Optimizer
{
    private const double Alpha = 0.99,
        Epsilon = 1e-8;
    private readonly Tensor[] square,
        velocity;

    public RmsPropOptimizer(IReadOnlyList<NamedTensor> parameters, TrainingSettings settings)
        : base(parameters, settings)
    {
        square = CreateState("square");
        velocity = CreateState("velocity");
    }

    protected override void Update(WeightPiece piece, Tensor weight, Tensor gradient)
    {
        AddDecay(piece.Index, weight, gradient);
        Tensor squares = piece.Of(square[piece.Index]).ScaleInPlace(Alpha).AddProductInPlace(gradient, gradient, 1 - Alpha);
        Tensor step = gradient.div_(squares.sqrt().AddInPlace(Epsilon));
        weight.AddInPlace(
            Momentum > 0 ? piece.Of(velocity[piece.Index]).ScaleInPlace(Momentum).AddInPlace(step) : step,
            -Rate(piece.Index)
        );
    }
}
