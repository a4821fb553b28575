using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Training.Settings;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Training.Optimizers;

/// <summary>Stochastic gradient descent with Nesterov momentum (Sutskever et al., 2013), or with plain momentum.</summary>
internal sealed class SgdOptimizer : Optimizer
{
    private readonly bool nesterov;
    private readonly Tensor[] velocity;

    public SgdOptimizer(IReadOnlyList<NamedTensor> parameters, TrainingSettings settings)
        : base(parameters, settings)
    {
        nesterov = settings.Nesterov;
        velocity = CreateState("velocity");
    }

    protected override void Update(WeightPiece piece, Tensor weight, Tensor gradient)
    {
        AddDecay(piece.Index, weight, gradient);
        ApplyUpdate(weight, gradient, piece.Of(velocity[piece.Index]), Rate(piece.Index), Momentum, nesterov);
    }

    /// <summary>Moves a weight by gradient descent with momentum; the gradient may be overwritten.</summary>
    internal static void ApplyUpdate(Tensor weight, Tensor gradient, Tensor velocity, double rate, double momentum, bool nesterov)
    {
        Tensor step = gradient;
        if (momentum > 0)
        {
            Tensor moved = velocity.ScaleInPlace(momentum).AddInPlace(gradient);
            step = nesterov ? gradient.AddInPlace(moved, momentum) : moved;
        }
        weight.AddInPlace(step, -rate);
    }
}
