using ConvNetShell.Cmdlets.Parameters.Conversion;

namespace ConvNetShell.Cmdlets.Parameters.Sources;

/// <summary>Converts Balanced or numbers to <see cref="ClassWeights"/>.</summary>
public sealed class ClassWeightsConverter()
    : ArgumentConverter(new ClassWeightTransformAttribute(), "Balanced, or a number for each class");
