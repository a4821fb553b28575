namespace ConvNetShell.Cmdlets.Parameters;

/// <summary>Converts a network, a run or a preset's name to <see cref="Session.NetworkSource"/>.</summary>
public sealed class NetworkSourceConverter() : ArgumentConverter(new NetworkSourceTransformAttribute());
