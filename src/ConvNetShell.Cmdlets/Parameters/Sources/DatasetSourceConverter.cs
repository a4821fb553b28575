using ConvNetShell.Cmdlets.Parameters.Conversion;

namespace ConvNetShell.Cmdlets.Parameters.Sources;

/// <summary>Converts a dataset, a run, a name or a path to <see cref="DatasetSource"/>.</summary>
public sealed class DatasetSourceConverter()
    : ArgumentConverter(
        new DatasetTransformAttribute(),
        "a dataset, a known name, a path or a training run (one part of a dataset is chosen by -Split)"
    );
