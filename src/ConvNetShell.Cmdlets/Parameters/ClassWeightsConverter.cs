namespace ConvNetShell.Cmdlets.Parameters;

/// <summary>Converts Balanced or numbers to <see cref="ClassWeights"/>.</summary>
public sealed class ClassWeightsConverter() : ArgumentConverter(new ClassWeightTransformAttribute());
