using ConvNetShell.Core.Layers.Convolution;
using ConvNetShell.Core.Networks;
using ConvNetShell.Display.Records.Operators;

namespace ConvNetShell.Core.Operators;

/// <summary>Compares convolutions with the layers they replace (Goodfellow et al., Deep Learning, section 9.2).</summary>
public static class SharingComparison
{
    /// <summary>Returns a row for each convolution and each locally connected layer of a network.</summary>
    /// <param name="plan">The network's layers.</param>
    /// <returns>The rows, in order.</returns>
    public static IReadOnlyList<SharingRow> Compare(NetworkPlan plan) =>
        [.. plan.AllLayers.Where(layer => layer.Spec is ConvSpec or LocalSpec).Select(layer => Row(layer, (FilterSpec)layer.Spec))];

    private static SharingRow Row(NetworkLayer layer, FilterSpec spec)
    {
        int groups = spec is ConvSpec grouped ? grouped.Groups : 1;
        var conv = new ConvSpec(spec.Filters, spec.Window, groups, spec.Bias, spec.Dimensions);
        long outputs = layer.Output.Elements,
            dense = layer.Input.Elements * outputs;
        long biases = spec.Bias ? outputs : 0,
            window = (long)spec.KernelArea * (layer.Input.Channels / groups);
        return new SharingRow(
            layer.Name,
            layer.Input.ToString(),
            layer.Output.ToString(),
            conv.ParameterCount(layer.Input),
            outputs * window + biases,
            dense + biases,
            conv.MultiplyAdds(layer.Input),
            dense,
            outputs * (2 * window - 1),
            NonZeros(layer, spec, groups)
        );
    }

    /// <summary>Counts the taps that meet the input and not the padding; the dimensions do not depend on one another.</summary>
    private static long NonZeros(NetworkLayer layer, FilterSpec spec, int groups)
    {
        long product = (long)spec.Filters * (layer.Input.Channels / groups);
        (int Before, int After)[] pads = spec.Window.Pads(layer.Input);
        for (int d = 0; d < spec.Dimensions; d++)
        {
            int dimension = d,
                size = layer.Input.Spatial[d];
            product *= Enumerable
                .Range(0, layer.Output.Spatial[d])
                .Sum(position =>
                    Enumerable
                        .Range(0, spec.Window.Kernel[dimension])
                        .Count(tap =>
                            (uint)(
                                position * spec.Window.Stride[dimension] + tap * spec.Window.Dilation[dimension] - pads[dimension].Before
                            ) < (uint)size
                        )
                );
        }
        return product;
    }
}
