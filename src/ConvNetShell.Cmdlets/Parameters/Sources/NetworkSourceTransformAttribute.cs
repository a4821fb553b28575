using System.Collections;
using System.Management.Automation;
using ConvNetShell.Cmdlets.Parameters.Conversion;
using ConvNetShell.Cmdlets.Session;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Core.Training.Storage;

namespace ConvNetShell.Cmdlets.Parameters.Sources;

/// <summary>Lets a training run (with its dataset), a network or a preset's name stand for a <see cref="NetworkSource"/>.</summary>
public sealed class NetworkSourceTransformAttribute : ArgumentTransformationAttribute
{
    private const string Column = "Network";

    /// <summary>Gets a value indicating whether a row of a table with a column Network stands for that network.</summary>
    public bool TakesRows { get; init; }

    /// <inheritdoc />
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        NetworkValues.RefuseDeserialized(inputData);
        object? value = Values.Unwrap(inputData);
        return Read(value) is { } source ? source
            : TakesRows ? Row(inputData, value!)
            : value!;
    }

    private static NetworkSource? Read(object? value) =>
        value switch
        {
            TrainingRun run => new NetworkSource(NetworkValues.Alive(run.Network), run),
            StoredRun run => (NetworkSource)Values.Read(() => new NetworkSource(run.ToRun().Network, run.ToRun())),
            Network network => new NetworkSource(NetworkValues.Alive(network), ConvNetSession.Current.RunOf(network)),
            NetworkSource source => source,
            _ => NetworkValues.Preset(value) is { } preset ? new NetworkSource(preset) : null,
        };

    private static object Row(object row, object value)
    {
        if (value is IDictionary)
        {
            throw new ArgumentTransformationMetadataException(
                "expected a network, a run, a preset's name or a row with a column Network. Received: a hashtable. "
                    + "[pscustomobject] makes a row of it."
            );
        }
        object? cell = Values.Unwrap(PSObject.AsPSObject(row).Properties[Column]?.Value);
        NetworkValues.RefuseDeserialized(PSObject.AsPSObject(row).Properties[Column]?.Value);
        return cell is string text && string.IsNullOrWhiteSpace(text) ? value
            : Read(cell) is { } source ? source with { Row = PSObject.AsPSObject(row) }
            : value;
    }
}
