using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Blocks;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Networks;

/// <summary>Layers fitted to an input: names and shapes worked out, no tensor made.</summary>
public sealed class NetworkPlan
{
    private NetworkPlan(Shape input, IReadOnlyList<NetworkLayer> layers)
    {
        InputShape = input;
        Layers = layers;
        AllLayers = Flatten(layers).ToArray();
    }

    /// <summary>Gets the shape of one sample, channels first.</summary>
    public Shape InputShape { get; }

    /// <summary>Gets the layers in order.</summary>
    public IReadOnlyList<NetworkLayer> Layers { get; }

    /// <summary>Gets the layers in order, each block followed by the layers within it.</summary>
    public IReadOnlyList<NetworkLayer> AllLayers { get; }

    /// <summary>Gets the shape that comes out of the last layer.</summary>
    public Shape OutputShape => Layers[^1].Output;

    /// <summary>Gets the number of trainable values.</summary>
    public long ParameterCount => Layers.Sum(layer => layer.ParameterCount);

    /// <summary>Gets the multiply-adds for one sample.</summary>
    public long MultiplyAdds => Layers.Sum(layer => layer.MultiplyAdds);

    /// <summary>Fits layers to an input.</summary>
    /// <param name="layers">The layers in order, one or more.</param>
    /// <param name="input">The shape of one sample, channels first.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="InvalidSettingException">There is no layer, or two have the same name.</exception>
    /// <exception cref="LayerException">A layer does not fit the output of the layer before it.</exception>
    public static NetworkPlan Fit(IEnumerable<LayerSpec> layers, Shape input)
    {
        List<NetworkLayer> placed = Fit(layers, input, new LayerNames(), string.Empty);
        return placed.Count > 0
            ? new NetworkPlan(input, placed)
            : throw new InvalidSettingException("A network", "made of one or more layers", "no layer");
    }

    /// <summary>Returns a layer by its name.</summary>
    /// <param name="name">The name, in any case; layers of blocks too (res1.conv1).</param>
    /// <returns>The layer.</returns>
    /// <exception cref="NameNotFoundException">There is none of that name.</exception>
    public NetworkLayer Find(string name) =>
        AllLayers.FirstOrDefault(layer => layer.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new NameNotFoundException("Layer", "-Layer", AllLayers.Select(layer => layer.Name), name);

    private static List<NetworkLayer> Fit(IEnumerable<LayerSpec> layers, Shape input, LayerNames names, string owner)
    {
        var placed = new List<NetworkLayer>();
        Shape shape = input;
        foreach (LayerSpec spec in layers)
        {
            Shape output = spec.OutputShape(shape);
            string name = owner + names.Next(spec);
            var within = new LayerNames();
            Shape start = shape;
            placed.Add(
                new NetworkLayer(placed.Count + 1, name, spec, shape, output)
                {
                    Inner = spec is BlockSpec block
                        ? [.. block.Branches(shape).SelectMany(branch => Fit(branch, start, within, name + "."))]
                        : [],
                }
            );
            shape = output;
        }
        return placed;
    }

    private static IEnumerable<NetworkLayer> Flatten(IEnumerable<NetworkLayer> layers) =>
        layers.SelectMany(layer => Flatten(layer.Inner).Prepend(layer));
}
