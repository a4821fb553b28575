using System.Management.Automation;
using ConvNetShell.Cmdlets.Parameters.Conversion;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Presets;
using ConvNetShell.Display.Records.Networks;

namespace ConvNetShell.Cmdlets.Parameters.Sources;

/// <summary>The common part of the transformations of networks.</summary>
internal static class NetworkValues
{
    private const string Deserialized = "Deserialized.ConvNetShell.";

    /// <summary>Returns the preset that a name or a description stands for; <see langword="null"/> where a value is none.</summary>
    public static NetworkPreset? Preset(object? value) =>
        value switch
        {
            string name => (NetworkPreset)Values.Read(() => NetworkPresets.Find(name)),
            PresetInfo preset => (NetworkPreset)Values.Read(() => NetworkPresets.Find(preset.Name)),
            NetworkPreset preset => preset,
            _ => null,
        };

    /// <summary>Returns a network, refusing one whose weights were freed.</summary>
    public static Network Alive(Network network) =>
        !network.IsDisposed
            ? network
            : throw new ArgumentTransformationMetadataException(
                $"expected a network with weights. Received: {network.Name}, whose weights Remove-TrainingRun (or Dispose) has freed."
            );

    /// <summary>Refuses a copy that came through Export-Clixml or another process: it has no weights.</summary>
    public static void RefuseDeserialized(object? value)
    {
        if (
            value is PSObject wrapped
            && wrapped.TypeNames.FirstOrDefault(name => name.StartsWith(Deserialized, StringComparison.Ordinal)) is string type
        )
        {
            throw new ArgumentTransformationMetadataException(
                $"expected a network or a run of this process. Received: {type}, a record that came through a file or another "
                    + $"process without its weights. Save runs with -CheckpointPath and continue with Resume-Training."
            );
        }
    }
}
