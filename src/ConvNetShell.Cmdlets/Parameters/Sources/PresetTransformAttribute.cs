using System.Collections;
using System.Management.Automation;
using ConvNetShell.Cmdlets.Parameters.Conversion;
using ConvNetShell.Display.Records.Networks;

namespace ConvNetShell.Cmdlets.Parameters.Sources;

/// <summary>Lets the rows of Get-NetworkPreset stand for the presets' names.</summary>
public sealed class PresetTransformAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc />
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        Values.Unwrap(inputData) switch
        {
            IList list => list.Cast<object?>().Select(Read).ToArray(),
            _ => Read(inputData)!,
        };

    private static object? Read(object? value) => Values.Unwrap(value) is PresetInfo preset ? preset.Name : value;
}
