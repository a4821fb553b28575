using System.Management.Automation;
using ConvNetShell.Cmdlets.Session;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Display;

namespace ConvNetShell.Cmdlets.Parameters;

/// <summary>Lets a dataset, a known name, a path, a row of Get-Dataset or a training run stand for a dataset.</summary>
public sealed class DatasetTransformAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc />
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) => Values.Unwrap(inputData) switch
    {
        Dataset dataset => new DatasetSource(dataset, null),
        TrainingRun run => new DatasetSource(run.Dataset, null),
        DatasetInfo info => new DatasetSource(null, info.Name),
        DirectoryInfo folder => new DatasetSource(null, folder.FullName),
        string name => new DatasetSource(null, name),
        var other => other!,
    };
}
