using ConvNetShell.Core.Networks;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Training;

/// <summary>Stochastic gradient descent with Nesterov momentum (Sutskever et al., 2013).</summary>
internal sealed class SgdOptimizer(IReadOnlyList<NamedTensor> parameters, double momentum, double weightDecay) : Optimizer(parameters)
{
    private readonly Tensor[] velocity = momentum > 0 ? ZerosLike(parameters) : [];

    public override void Dispose() => Array.ForEach(velocity, tensor => tensor.Dispose());

    protected override void Update(int index, Tensor weight, Tensor gradient)
    {
        if (weightDecay > 0)
        {
            gradient.add_(weight, alpha: weightDecay);
        }
        if (momentum > 0)
        {
            Tensor speed = velocity[index].mul_(momentum).add_(gradient);
            gradient.add_(speed, alpha: momentum);
        }
        weight.add_(gradient, alpha: -LearningRate);
    }
}
