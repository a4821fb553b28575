namespace ConvNetShell.Cmdlets.Parameters;

/// <summary>Converts a dataset, a run, a name or a path to <see cref="Session.DatasetSource"/>.</summary>
public sealed class DatasetSourceConverter() : ArgumentConverter(new DatasetTransformAttribute());
