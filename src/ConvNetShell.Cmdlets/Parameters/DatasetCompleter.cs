using ConvNetShell.Core.Data.Download;

namespace ConvNetShell.Cmdlets.Parameters;

/// <summary>Completes the names of known datasets.</summary>
public sealed class DatasetCompleter : NameCompleter
{
    /// <inheritdoc />
    protected override IEnumerable<(string Name, string Tip)> Names() =>
        KnownDatasets.All.Select(dataset => (dataset.Name, dataset.ToString()!));
}
