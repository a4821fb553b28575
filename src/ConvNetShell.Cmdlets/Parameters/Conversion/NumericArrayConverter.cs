namespace ConvNetShell.Cmdlets.Parameters.Conversion;

/// <summary>
/// Converts numbers, lists of lists, samples and files outside a cmdlet; the type in the core names this converter, as text.
/// </summary>
public sealed class NumericArrayConverter() : ArgumentConverter(new NumericArrayTransformAttribute("An array"), "numbers in rows");
