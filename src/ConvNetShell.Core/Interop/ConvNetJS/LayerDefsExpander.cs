using ConvNetShell.Core.Errors;

namespace ConvNetShell.Core.Interop.ConvNetJS;

/// <summary>Adds the layers that ConvNetJS' makeLayers adds: dense layers before a loss, activations and dropouts after a layer.</summary>
internal static class LayerDefsExpander
{
    /// <summary>Returns all layers.</summary>
    /// <param name="written">The settings of each definition: texts and numbers.</param>
    /// <exception cref="InvalidSettingException">A definition has no type.</exception>
    public static IReadOnlyList<ConvNetJsDefinition> Expand(IReadOnlyList<IReadOnlyDictionary<string, object>> written)
    {
        var layers = new List<ConvNetJsDefinition>();
        foreach (IReadOnlyDictionary<string, object> settings in written)
        {
            string type =
                settings.GetValueOrDefault("type") as string
                ?? throw new InvalidSettingException(
                    "type in layer_defs",
                    "a text, for example 'conv'",
                    settings.GetValueOrDefault("type")
                );
            var definition = new ConvNetJsDefinition(
                type,
                [.. settings.Where(pair => pair.Value is double).Select(pair => (pair.Key, (double)pair.Value))]
            );
            if (type is "softmax" or "svm" or "regression")
            {
                string units = type == "regression" ? "num_neurons" : "num_classes";
                layers.Add(new ConvNetJsDefinition("fc", ("num_neurons", definition.Number(units))));
            }
            if (definition.Number("tensor", 0) != 0)
            {
                layers.Add(new ConvNetJsDefinition("quadtransform"));
            }
            bool hasFilters = type == "fc" && !settings.ContainsKey("num_neurons") && settings.ContainsKey("filters");
            layers.Add(hasFilters ? new ConvNetJsDefinition("fc", ("num_neurons", definition.Number("filters"))) : definition);
            if (settings.GetValueOrDefault("activation") is string activation)
            {
                layers.Add(
                    activation is "relu" or "sigmoid" or "tanh" or "maxout"
                        ? new ConvNetJsDefinition(activation, ("group_size", definition.Number("group_size", 2)))
                        : throw new InvalidSettingException("activation in layer_defs", "relu, sigmoid, tanh or maxout", activation)
                );
            }
            if (type != "dropout" && settings.GetValueOrDefault("drop_prob") is double probability)
            {
                layers.Add(new ConvNetJsDefinition("dropout", ("drop_prob", probability)));
            }
        }
        return layers;
    }
}
