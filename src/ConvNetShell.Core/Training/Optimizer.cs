using ConvNetShell.Core.Networks;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Training;

/// <summary>Moves weights along their gradients. Its state is tensors of the weights' shapes.</summary>
internal abstract class Optimizer(IReadOnlyList<NamedTensor> parameters) : IDisposable
{
    /// <summary>Gets or sets the rate of the next step.</summary>
    public double LearningRate { get; set; }

    /// <summary>Forgets the gradients of the step before.</summary>
    public void ClearGradients()
    {
        foreach (NamedTensor parameter in parameters)
        {
            parameter.Value.grad = null;
        }
    }

    /// <summary>Makes a step along the gradients there are; they are used up.</summary>
    public void Step()
    {
        using var noGradients = no_grad();
        BeginStep();
        for (int i = 0; i < parameters.Count; i++)
        {
            if (parameters[i].Value.grad is Tensor gradient)
            {
                Update(i, parameters[i].Value, gradient);
            }
        }
    }

    /// <inheritdoc />
    public abstract void Dispose();

    /// <summary>Makes the optimiser a setting asks for.</summary>
    public static Optimizer Create(IReadOnlyList<NamedTensor> parameters, TrainingSettings settings) => settings.Optimizer switch
    {
        OptimizerKind.SGD => new SgdOptimizer(parameters, settings.Momentum, settings.WeightDecay),
        OptimizerKind.Adam => new AdamOptimizer(parameters, settings.WeightDecay, decoupled: false),
        OptimizerKind.AdamW => new AdamOptimizer(parameters, settings.WeightDecay, decoupled: true),
        _ => throw new ArgumentOutOfRangeException(nameof(settings), settings.Optimizer, "not an optimiser"),
    };

    /// <summary>Returns one zero tensor for each weight, alive until disposed of.</summary>
    protected static Tensor[] ZerosLike(IReadOnlyList<NamedTensor> parameters)
    {
        using var noGradients = no_grad();
        return [.. parameters.Select(parameter => zeros_like(parameter.Value).DetachFromDisposeScope())];
    }

    /// <summary>Prepares what all weights share in a step.</summary>
    protected virtual void BeginStep()
    {
    }

    /// <summary>Moves one weight; the gradient may be overwritten.</summary>
    protected abstract void Update(int index, Tensor weight, Tensor gradient);
}
