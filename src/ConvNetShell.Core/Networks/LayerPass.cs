using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Blocks;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Networks;

/// <summary>
/// One pass of a batch through a network, as after training, that keeps the input and output of every layer, those within
/// blocks too. The tensors live in the dispose scope of the pass; the network is the same afterwards.
/// </summary>
internal sealed class LayerPass
{
    private readonly Dictionary<LayerModule, (Tensor Input, Tensor Output)> seen = [];
    private readonly Dictionary<string, LayerModule> modules;

    private LayerPass(Network network)
    {
        modules = network
            .Layers.Zip(network.Modules)
            .SelectMany(pair => Named(pair.First, pair.Second))
            .ToDictionary(pair => pair.Name, pair => pair.Module);
    }

    /// <summary>Gets the values softmax works on: one row an input. A network that ends in no softmax has its output here.</summary>
    public Tensor Logits { get; private set; } = null!;

    /// <summary>Runs a batch that is normalized already.</summary>
    public static LayerPass Run(Network network, Tensor batch)
    {
        var pass = new LayerPass(network);
        var context = new ForwardContext(Training: false, Watch: (module, input, output) => pass.seen[module] = (input, output));
        pass.Logits = network.Logits(batch, context);
        if (network.EndsInSoftmax)
        {
            LayerStack.Run([network.Modules[^1]], pass.Logits, context);
        }
        return pass;
    }

    /// <summary>Returns a layer's input.</summary>
    public Tensor Input(NetworkLayer layer) => seen[modules[layer.Name]].Input;

    /// <summary>Returns a layer's output.</summary>
    public Tensor Output(NetworkLayer layer) => seen[modules[layer.Name]].Output;

    /// <summary>Returns the live layer.</summary>
    public LayerModule Module(NetworkLayer layer) => modules[layer.Name];

    private static IEnumerable<(string Name, LayerModule Module)> Named(NetworkLayer layer, LayerModule module) =>
        (module is BlockModule block ? layer.Inner.Zip(block.Inner).SelectMany(pair => Named(pair.First, pair.Second)) : []).Prepend(
            (layer.Name, module)
        );
}
