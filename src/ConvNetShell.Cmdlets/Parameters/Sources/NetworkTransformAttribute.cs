using System.Management.Automation;
using ConvNetShell.Cmdlets.Parameters.Conversion;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Presets;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Core.Training.Storage;

namespace ConvNetShell.Cmdlets.Parameters.Sources;

/// <summary>Lets a training run, or a preset's name, stand for a network.</summary>
public sealed class NetworkTransformAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc />
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        NetworkValues.RefuseDeserialized(inputData);
        return Values.Unwrap(inputData) switch
        {
            TrainingRun run => NetworkValues.Alive(run.Network),
            StoredRun run => Values.Read(() => run.ToRun().Network),
            NetworkSource source => NetworkValues.Alive(source.Network),
            Network network => NetworkValues.Alive(network),
            var other => NetworkValues.Preset(other) is { } preset ? Values.Read(() => NetworkFactory.FromPreset(preset)) : other!,
        };
    }
}
