namespace ConvNetShell.Cmdlets.Parameters.Conversion;

/// <summary>Converts 5, '5x3' and 5,3 outside a cmdlet; the type in the core names this converter, as text.</summary>
public sealed class SpatialSizeConverter() : ArgumentConverter(new SpatialSizeTransformAttribute("A size"), "a size, such as 3 or 3,5");
