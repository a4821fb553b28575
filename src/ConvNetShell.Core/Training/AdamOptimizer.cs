using ConvNetShell.Core.Networks;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Training;

/// <summary>Adam and AdamW, with the paper's constants: decay rates 0.9 and 0.999, epsilon 1e-8.</summary>
internal sealed class AdamOptimizer(IReadOnlyList<NamedTensor> parameters, double weightDecay, bool decoupled) : Optimizer(parameters)
{
    private const double Beta1 = 0.9, Beta2 = 0.999, Epsilon = 1e-8;
    private readonly Tensor[] mean = ZerosLike(parameters);
    private readonly Tensor[] square = ZerosLike(parameters);
    private long step;

    public override void Dispose()
    {
        Array.ForEach(mean, tensor => tensor.Dispose());
        Array.ForEach(square, tensor => tensor.Dispose());
    }

    protected override void BeginStep() => step++;

    protected override void Update(int index, Tensor weight, Tensor gradient)
    {
        if (weightDecay > 0 && decoupled)
        {
            weight.mul_(1 - LearningRate * weightDecay);
        }
        else if (weightDecay > 0)
        {
            gradient.add_(weight, alpha: weightDecay);
        }
        mean[index].mul_(Beta1).add_(gradient, alpha: 1 - Beta1);
        square[index].mul_(Beta2).addcmul_(gradient, gradient, value: 1 - Beta2);
        Tensor scale = (square[index] / (1 - Math.Pow(Beta2, step))).sqrt_().add_(Epsilon);
        weight.addcdiv_(mean[index], scale, value: -LearningRate / (1 - Math.Pow(Beta1, step)));
    }
}
