using ConvNetShell.Cmdlets.Parameters.Conversion;

namespace ConvNetShell.Cmdlets.Parameters.Layers;

/// <summary>Converts layers, a spec or a script block to <see cref="LayerList"/>.</summary>
public sealed class LayerListConverter()
    : ArgumentConverter(new LayerListTransformAttribute(many: false), "layers, or words of a network specification");
