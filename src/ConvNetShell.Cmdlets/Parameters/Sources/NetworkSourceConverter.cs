using ConvNetShell.Cmdlets.Parameters.Conversion;

namespace ConvNetShell.Cmdlets.Parameters.Sources;

/// <summary>Converts a network, a run or a preset's name to <see cref="NetworkSource"/>.</summary>
public sealed class NetworkSourceConverter()
    : ArgumentConverter(new NetworkSourceTransformAttribute(), "a network, a training run or a preset");
