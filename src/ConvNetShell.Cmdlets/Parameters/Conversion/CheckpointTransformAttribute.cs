using System.Management.Automation;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Training.Runs;

namespace ConvNetShell.Cmdlets.Parameters.Conversion;

/// <summary>Lets a run that was saved stand for its latest checkpoint.</summary>
public sealed class CheckpointTransformAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc />
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        Values.Unwrap(inputData) switch
        {
            TrainingRun run => Values.Read(() =>
                run.Checkpoint ?? throw new InvalidSettingException("-Path", "a run that was saved with -CheckpointPath", run)
            ),
            _ when FilePath.OfItem(inputData) is { } file => file.Path,
            var other => other!,
        };
}
