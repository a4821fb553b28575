namespace ConvNetShell.Cmdlets.Parameters;

/// <summary>Converts layers, a spec or a script block to <see cref="LayerList"/>.</summary>
public sealed class LayerListConverter() : ArgumentConverter(new LayerListTransformAttribute(many: false));
