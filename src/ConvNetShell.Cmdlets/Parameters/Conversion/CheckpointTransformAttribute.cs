using System.Management.Automation;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Core.Training.Storage;

namespace ConvNetShell.Cmdlets.Parameters.Conversion;

/// <summary>Lets a run that was saved stand for its latest checkpoint.</summary>
public sealed class CheckpointTransformAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc />
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        Values.Unwrap(inputData) switch
        {
            StoredRun run => run.Folder,
            TrainingRun { Folder: { } folder } => folder,
            TrainingRun run => Values.Read(() =>
                run.Checkpoint ?? throw new InvalidSettingException("-Path", "a run that was saved with -RunPath or -CheckpointPath", run)
            ),
            _ when FilePath.OfItem(inputData) is { } file => file.Path,
            var other => other!,
        };
}
