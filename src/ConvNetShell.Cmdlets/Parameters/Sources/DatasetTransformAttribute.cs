using System.Collections;
using System.Management.Automation;
using ConvNetShell.Cmdlets.Parameters.Conversion;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Core.Training.Storage;
using ConvNetShell.Display.Records.Data;

namespace ConvNetShell.Cmdlets.Parameters.Sources;

/// <summary>
/// Lets a dataset, a known name, a path, an item of the file system, a row of Get-Dataset or a training run stand for a dataset. Nothing
/// stands for
/// none: a variable that is empty by mistake must not mean the default.
/// </summary>
public sealed class DatasetTransformAttribute : ArgumentTransformationAttribute
{
    /// <summary>
    /// Gets a value indicating whether an empty cell of a table means that no dataset is given; the cmdlet then refuses an empty argument.
    /// </summary>
    public bool EmptyIsAbsent { get; init; }

    /// <inheritdoc />
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        Values.Unwrap(inputData) is IList list ? list.Cast<object?>().Select(Read).ToArray() : Read(inputData);

    private object? Read(object? value) =>
        Values.Unwrap(value) switch
        {
            null => EmptyIsAbsent ? null : throw Nothing("nothing ($null)"),
            DatasetSource source => source,
            Dataset dataset => new DatasetSource(dataset, null),
            TrainingRun run => new DatasetSource(run.Dataset, null),
            StoredRun run => new DatasetSource((Dataset)Values.Read(() => run.ToRun().Dataset), null),
            DatasetInfo info => new DatasetSource(null, info.Name),
            _ when FilePath.OfItem(value) is { } item => new DatasetSource(null, item.Path) { IsLiteral = true },
            string text when string.IsNullOrWhiteSpace(text) => EmptyIsAbsent ? null : throw Nothing("an empty text"),
            string text => new DatasetSource(null, text),
            var other => EmptyIsAbsent ? throw Nothing(other.GetType().Name) : other, // a cell of a table that PowerShell would pass over
        };

    /// <summary>Returns the error for a dataset that is nothing.</summary>
    internal static ArgumentTransformationMetadataException Nothing(string received) =>
        new($"The dataset must be a dataset, a known name, a path or a training run. Received: {received}.");
}
