namespace ConvNetShell.Core.Networks;

/// <summary>The layers that a network's parameters belong to: conv1 for conv1.weight, res1.conv2 for res1.conv2.bias.</summary>
internal static class ParameterLayers
{
    /// <summary>Returns the names of the layers with parameters, in order.</summary>
    public static IReadOnlyList<string> NamesOf(Network network) =>
        [.. network.Parameters.Select(parameter => LayerOf(parameter.Name)).Distinct(StringComparer.Ordinal)];

    /// <summary>Returns the indices of the parameters of each of these layers.</summary>
    public static int[][] IndicesOf(Network network) =>
        [.. network.Parameters.Index().GroupBy(pair => LayerOf(pair.Item.Name), pair => pair.Index).Select(group => group.ToArray())];

    private static string LayerOf(string parameter) => parameter[..Math.Max(0, parameter.LastIndexOf('.'))];
}
