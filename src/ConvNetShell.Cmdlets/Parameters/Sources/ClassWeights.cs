using System.ComponentModel;

namespace ConvNetShell.Cmdlets.Parameters.Sources;

/// <summary>How much classes count.</summary>
/// <param name="Weights">A number a class; <see langword="null"/> for balanced ones.</param>
[TypeConverter(typeof(ClassWeightsConverter))]
public sealed record ClassWeights(IReadOnlyList<double>? Weights);
