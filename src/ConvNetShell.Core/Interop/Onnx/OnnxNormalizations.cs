using ConvNetShell.Core.Interop.Formats;
using ConvNetShell.Core.Layers.Normalization;
using ConvNetShell.Core.Networks;

namespace ConvNetShell.Core.Interop.Onnx;

/// <summary>Adds normalizations to a graph.</summary>
internal sealed class OnnxNormalizations(OnnxBuilder graph)
{
    private const double Epsilon = 1e-5;

    public string Add(NetworkLayer layer, string input) =>
        layer.Spec switch
        {
            BatchNormSpec norm => graph.Add(
                layer.Name,
                "BatchNormalization",
                [input, .. new[] { "weight", "bias", "running_mean", "running_var" }.Select(name => graph.Weight(layer.Name, name))],
                ("epsilon", norm.Epsilon),
                ("momentum", 1 - norm.Momentum)
            ),
            LayerNormSpec => Group(layer, 1, input),
            GroupNormSpec group => Group(layer, group.Groups, input),
            LocalResponseSpec response when response.Size % 2 == 1 => LocalResponse(layer, response, input),
            _ => throw UnsupportedLayer.In(layer, "ONNX", "a local response normalization of odd size, as runtimes have no other"),
        };

    // operator set 17 normalizes groups as the instances of a reshaped input
    private string Group(NetworkLayer layer, int groups, string input)
    {
        string name = layer.Name;
        long[] shape = [1, layer.Input.Channels, .. Enumerable.Repeat(1L, layer.Input.Count - 1)];
        string grouped = graph.Add(name, "Reshape", [input, graph.Integers($"{name}.groups", 0, groups, -1)]);
        string normal = graph.Add(
            name,
            "InstanceNormalization",
            [
                grouped,
                graph.Constant($"{name}.ones", [.. Enumerable.Repeat(1f, groups)], groups),
                graph.Constant($"{name}.zeros", new float[groups], groups),
            ],
            ("epsilon", Epsilon)
        );
        string back = graph.Add(name, "Reshape", [normal, graph.Integers($"{name}.shape", Batch(layer.Input.ToArray()))]);
        string weight = graph.Constant($"{name}.weight", graph.State(name, "weight").reshape(shape)),
            bias = graph.Constant($"{name}.bias", graph.State(name, "bias").reshape(shape));
        return graph.Add(name, "Add", [graph.Add(name, "Mul", [back, weight]), bias]);
    }

    // runtimes normalize pictures only; other inputs are pictures of one column
    private string LocalResponse(NetworkLayer layer, LocalResponseSpec response, string input)
    {
        string name = layer.Name;
        bool isPicture = layer.Input.Count == 3;
        string picture = isPicture
            ? input
            : graph.Add(name, "Reshape", [input, graph.Integers($"{name}.picture", 0, layer.Input.Channels, -1, 1)]);
        string normal = graph.Add(
            name,
            "LRN",
            [picture],
            ("size", response.Size),
            ("alpha", response.Alpha * response.Size),
            ("beta", response.Beta),
            ("bias", response.K)
        );
        return isPicture ? normal : graph.Add(name, "Reshape", [normal, graph.Integers($"{name}.shape", Batch(layer.Input.ToArray()))]);
    }

    private static long[] Batch(int[] shape) => [-1, .. shape.Select(size => (long)size)];
}
