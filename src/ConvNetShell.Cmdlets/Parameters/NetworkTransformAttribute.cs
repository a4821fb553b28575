using System.Management.Automation;
using ConvNetShell.Core.Presets;
using ConvNetShell.Core.Training.Runs;

namespace ConvNetShell.Cmdlets.Parameters;

/// <summary>Lets a training run, or a preset's name, stand for a network.</summary>
public sealed class NetworkTransformAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc />
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) => Values.Unwrap(inputData) switch
    {
        TrainingRun run => run.Network,
        string name => Values.Read(() => NetworkFactory.FromPreset(NetworkPresets.Find(name))),
        var other => other!,
    };
}
