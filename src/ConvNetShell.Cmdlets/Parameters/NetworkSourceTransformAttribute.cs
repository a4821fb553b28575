using System.Management.Automation;
using ConvNetShell.Cmdlets.Session;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Presets;
using ConvNetShell.Core.Training.Runs;

namespace ConvNetShell.Cmdlets.Parameters;

/// <summary>Lets a training run (with its dataset), a network or a preset's name stand for a <see cref="NetworkSource"/>.</summary>
public sealed class NetworkSourceTransformAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc />
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) => Values.Unwrap(inputData) switch
    {
        TrainingRun run => Of(run),
        Network network => ConvNetSession.Current.RunOf(network) is { } run ? Of(run) : new NetworkSource(network, null),
        string name => Values.Read(() => new NetworkSource(NetworkFactory.FromPreset(NetworkPresets.Find(name)), null)),
        var other => other!,
    };

    private static NetworkSource Of(TrainingRun run) => new(run.Network, run.Dataset) { LearningRate = run.Settings.LearningRate };
}
