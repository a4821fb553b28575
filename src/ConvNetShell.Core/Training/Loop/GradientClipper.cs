using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Core.Training.Settings;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Training.Loop;

/// <summary>
/// Scales gradients down to the longest length allowed, and measures their length now and then for the history: that of all weights
/// together, and that of each layer's.
/// </summary>
/// <param name="network">The network.</param>
/// <param name="state">The run's state.</param>
/// <param name="settings">The settings.</param>
internal sealed class GradientClipper(Network network, TrainingState state, TrainingSettings settings)
{
    private const int MeasureEvery = 16; // steps
    private readonly int[][] layers = ParameterLayers.IndicesOf(network);

    /// <summary>Clips the gradients of a step that is complete.</summary>
    public void Clip()
    {
        bool beginsEpoch = state.Epoch > 1 && state.Step < settings.AccumulateBatches,
            measure = beginsEpoch || state.Optimizer.Steps % MeasureEvery == 0;
        if (settings.ClipNorm == 0 && !measure)
        {
            return;
        }
        using var noGradients = no_grad();
        Tensor?[] gradients = [.. network.Parameters.Select(parameter => parameter.Value.grad)];
        if (Array.TrueForAll(gradients, gradient => gradient is null))
        {
            return;
        }
        Tensor?[] squares = [.. gradients.Select(gradient => gradient?.Squared().sum())];
        Tensor norm = stack(squares.OfType<Tensor>()).sum().sqrt();
        if (settings.ClipNorm > 0)
        {
            Tensor factor = norm.Plus(1e-6).reciprocal().Times(settings.ClipNorm).AtMost(1);
            Array.ForEach(gradients, gradient => gradient?.mul_(factor));
        }
        if (measure)
        {
            state.Times.AddNorms(stack(layers.Select(layer => Length(layer, squares, norm)).Prepend(norm)));
        }
    }

    /// <summary>Returns the length of the gradients of a layer; 0 for one that is not trained now.</summary>
    private static Tensor Length(int[] layer, Tensor?[] squares, Tensor like)
    {
        Tensor[] own = [.. layer.Select(index => squares[index]).OfType<Tensor>()];
        return own.Length == 0 ? zeros_like(like) : stack(own).sum().sqrt();
    }
}
