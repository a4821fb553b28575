using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Training.Runs;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Training.Checkpoints;

/// <summary>The tensors of a run that a checkpoint keeps, by name.</summary>
internal static class StateTensors
{
    /// <summary>What the names of weights and running averages begin with.</summary>
    public const string Weights = "weights/";

    /// <summary>What the names of the best epoch's weights begin with.</summary>
    public const string Best = "best/";

    /// <summary>What the names of gradients begin with that wait for the other batches of their step.</summary>
    public const string Gradient = "gradient/";

    /// <summary>What the names of the loss's own weights begin with.</summary>
    public const string Loss = "loss/";

    /// <summary>The name of the learning rates of the steps so far.</summary>
    public const string Rates = "rates";

    /// <summary>Returns weights, best weights, averages and the optimizer's tensors.</summary>
    public static IEnumerable<(string Name, Tensor Value)> Of(Network network, TrainingState state)
    {
        IReadOnlyList<NamedTensor> weights = network.State;
        return
        [
            .. weights.Select(tensor => (Weights + tensor.Name, tensor.Value)),
            .. weights.Zip(state.Best.Copies, (tensor, copy) => (Best + tensor.Name, copy)),
            .. weights.Zip(state.Average.Means, (tensor, mean) => ($"average/{tensor.Name}", mean)),
            .. state.Optimizer.State.Select(tensor => ($"optimizer/{tensor.Name}", tensor.Value)),
            .. (state.Loss?.Parameters ?? []).Select(tensor => (Loss + tensor.Name, tensor.Value)),
            .. state.Gathered > 0 ? Gradients(network, state) : [],
        ];
    }

    private static IEnumerable<(string Name, Tensor Value)> Gradients(Network network, TrainingState state)
    {
        foreach (NamedTensor parameter in network.Parameters.Concat(state.Loss?.Parameters ?? []))
        {
            if (parameter.Value.grad is Tensor gradient)
            {
                yield return (Gradient + parameter.Name, gradient);
            }
        }
    }
}
