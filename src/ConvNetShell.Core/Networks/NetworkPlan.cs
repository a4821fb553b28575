using System.Globalization;
using ConvNetShell.Core.Compute;
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
    public long ParameterCount => Layers.Sum(layer => layer.ParameterCount); // Sum is checked

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
        if (input.ToArray().Aggregate(1.0, (product, size) => product * size) > int.MaxValue)
        {
            throw new InvalidSettingException("InputShape", $"at most {int.MaxValue} values in a sample", input.ToString());
        }
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
        ?? throw new NameNotFoundException("Layer.NotFound", "Layer", AllLayers.Select(layer => layer.Name), name);

    /// <summary>
    /// Returns how many samples go through the network at once: as many as keep its activations below 512 MB, 1 at least.
    /// </summary>
    /// <param name="most">The most samples, for small networks.</param>
    internal int BatchSize(int most)
    {
        const double memory = 512e6;
        double sample = sizeof(float) * (InputShape.Elements + AllLayers.Sum(layer => (double)layer.Output.Elements));
        return (int)Math.Clamp(memory / sample, 1, most);
    }

    /// <summary>Passes where the weights fit into the memory.</summary>
    /// <exception cref="MemoryShortageException">They do not.</exception>
    internal void RequireMemory()
    {
        NetworkLayer largest = Layers.MaxBy(layer => layer.ParameterCount)!;
        FreeMemory.Require(
            string.Create(CultureInfo.InvariantCulture, $"A network of {ParameterCount:N0} parameters"),
            (double)sizeof(float) * ParameterCount,
            string.Create(CultureInfo.InvariantCulture, $"Make {largest.Name} smaller, which has {largest.ParameterCount:N0} of them.")
        );
    }

    private static List<NetworkLayer> Fit(IEnumerable<LayerSpec> layers, Shape input, LayerNames names, string owner)
    {
        var placed = new List<NetworkLayer>();
        Shape shape = input;
        foreach (LayerSpec spec in layers)
        {
            Shape output = Fit(spec, shape);
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

    /// <summary>Returns the output of a layer whose sizes and counts are within what tensors can have.</summary>
    private static Shape Fit(LayerSpec spec, Shape input)
    {
        try
        {
            Shape output = spec.OutputShape(input);
            _ = (spec.ParameterCount(input), spec.MultiplyAdds(input));
            return output.Elements <= int.MaxValue ? output : throw TooLarge(spec, $"{output}");
        }
        catch (OverflowException)
        {
            throw TooLarge(spec, $"{spec.ToToken()} on {input}");
        }
    }

    private static LayerException TooLarge(LayerSpec spec, string received) =>
        new(
            "Layer.TooLarge",
            spec.ToToken(),
            string.Create(CultureInfo.InvariantCulture, $"expected at most {int.MaxValue} values in an output. Received: {received}."),
            "Use fewer filters or units, a smaller input, or a larger stride."
        );

    private static IEnumerable<NetworkLayer> Flatten(IEnumerable<NetworkLayer> layers) =>
        layers.SelectMany(layer => Flatten(layer.Inner).Prepend(layer));
}
