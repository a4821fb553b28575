namespace ConvNetShell.Cmdlets.Parameters.Conversion;

/// <summary>Converts 3,32,32 and '32x32x3' outside a cmdlet; the type in the core names this converter, as text.</summary>
public sealed class ShapeConverter() : ArgumentConverter(new ShapeTransformAttribute(), "a shape, such as 3,32,32");
