using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Interop.Formats;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Networks;

namespace ConvNetShell.Core.Interop.ConvNetJS;

/// <summary>The layer_defs of ConvNetJS' pages as text.</summary>
public static class LayerDefs
{
    /// <summary>Reads the layers. No JavaScript is executed: the literals are read, and other statements skipped.</summary>
    /// <param name="text">JavaScript with layer_defs.push({...}) or layer_defs = [{...}], or an array literal alone.</param>
    /// <returns>The layers, fitted to the input that they say.</returns>
    /// <exception cref="InvalidSettingException">There are none, or they are not literals.</exception>
    /// <exception cref="LayerException">A layer is none here, or does not fit.</exception>
    public static NetworkPlan Parse(string text)
    {
        IReadOnlyList<ConvNetJsDefinition> definitions = LayerDefsReader.Read(text);
        IEnumerable<LayerSpec> layers = definitions.SelectMany(ConvNetJsSpecs.Of);
        return ImportedPlan.Fit(layers, ConvNetJsSpecs.Input(definitions), ImportedPlan.MaxValues);
    }
}
