using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Blocks;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Networks;

/// <summary>Runs batches through a network.</summary>
internal static class NetworkForward
{
    /// <summary>Runs a batch as far as the values softmax works on: losses take these, as exp and log cancel out badly.</summary>
    /// <param name="network">The network.</param>
    /// <param name="batch">The batch, normalized.</param>
    /// <param name="context">Training or not, and who watches; watched layers run in the order they were written in.</param>
    public static Tensor Logits(this Network network, Tensor batch, in ForwardContext context) =>
        IsPlain(context) && IsPlain(batch) && network.Direct() is { } direct
            ? direct.Run(batch)
            : Logits(context.Watch is null ? network.ExecutionOrder : network.LogitModules, batch, context);

    /// <summary>Goes on from the output of the first layers to the values softmax works on.</summary>
    /// <param name="network">The network.</param>
    /// <param name="first">The number of layers that have run, in execution order.</param>
    /// <param name="value">Their output.</param>
    /// <param name="context">Training or not.</param>
    public static Tensor LogitsAfter(this Network network, int first, Tensor value, in ForwardContext context) =>
        Logits(network.ExecutionOrder.AsSpan(first), value, context);

    /// <summary>Runs a batch and returns the output of each layer, as after training.</summary>
    /// <param name="network">The network.</param>
    /// <param name="batch">The batch, normalized.</param>
    public static IReadOnlyList<Tensor> Outputs(this Network network, Tensor batch)
    {
        var outputs = new List<Tensor>();
        Tensor value = batch;
        foreach (LayerModule module in network.Modules)
        {
            value = module.Forward(value, new ForwardContext(Training: false));
            outputs.Add(value);
        }
        return outputs;
    }

    /// <summary>Runs a batch to probabilities, one row an input.</summary>
    /// <param name="network">The network.</param>
    /// <param name="batch">The batch, normalized.</param>
    public static Tensor Probabilities(this Network network, Tensor batch) =>
        nn.functional.softmax(network.Logits(batch, new ForwardContext(Training: false)), 1);

    private static bool IsPlain(in ForwardContext context) =>
        context is { Training: false, Watch: null, Reduced: false, Words: null } && !is_grad_enabled();

    private static bool IsPlain(Tensor batch) =>
        batch.dtype == ScalarType.Float32 && batch.device.type == TorchSharp.DeviceType.CPU && batch.dim() >= 3;

    private static Tensor Logits(ReadOnlySpan<LayerModule> order, Tensor batch, in ForwardContext context)
    {
        Tensor value = LayerStack.Run(order, batch, context);
        return value.dtype == ScalarType.BFloat16 ? value.to(ScalarType.Float32) : value;
    }
}
