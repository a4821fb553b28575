using System.Collections;
using System.Management.Automation;
using ConvNetShell.Cmdlets.Parameters.Conversion;
using ConvNetShell.Core.Data.Download;
using ConvNetShell.Core.Presets;

namespace ConvNetShell.Cmdlets.Parameters.Sources;

/// <summary>
/// Reads one network or several, each as <see cref="NetworkSourceTransformAttribute"/> does. A first argument that is no network
/// is left for the
/// parameter that is first when the network comes by pipe; after <c>-Network</c> it is converted, or an error.
/// </summary>
/// <param name="next">The parameter that is first when the network comes by pipe.</param>
public sealed class NetworkListTransformAttribute(NextArgument next = NextArgument.None) : ArgumentTransformationAttribute
{
    private static readonly NetworkSourceTransformAttribute One = new();

    /// <summary>Gets the parameter that is first when the network comes by pipe.</summary>
    public NextArgument Next { get; } = next;

    /// <inheritdoc />
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object?[] given = Values.Unwrap(inputData) is IList list ? [.. list.Cast<object?>()] : [inputData];
        object?[] read = [.. given.Select(item => IsLeft(Values.Unwrap(item)) ? item : One.Transform(engineIntrinsics, item!))];
        return read.Length > 0 && Array.TrueForAll(read, item => item is NetworkSource) ? read.Cast<NetworkSource>().ToArray() : inputData;
    }

    private bool IsLeft(object? value) =>
        value is null
        || (
            value is string word
            && Next switch
            {
                NextArgument.LayerOrImage => !IsPreset(word),
                NextArgument.Dataset => KnownDatasets.Find(word) is not null || !IsPreset(word),
                _ => false,
            }
        );

    private static bool IsPreset(string word) =>
        NetworkPresets.All.Any(preset => preset.Name.Equals(word, StringComparison.OrdinalIgnoreCase));
}
