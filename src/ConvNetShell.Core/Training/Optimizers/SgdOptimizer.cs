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

    protected override void Update(int index, Tensor weight, Tensor gradient)
    {
        AddDecay(index, weight, gradient);
        Tensor step = gradient;
        if (Momentum > 0)
        {
            Tensor momentum = velocity[index].ScaleInPlace(Momentum).AddInPlace(gradient);
            step = nesterov ? gradient.AddInPlace(momentum, Momentum) : momentum;
        }
        weight.AddInPlace(step, -Rate(index));
    }
}
