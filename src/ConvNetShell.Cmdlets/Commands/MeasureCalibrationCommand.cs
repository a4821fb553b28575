using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Parameters;
using ConvNetShell.Cmdlets.Session;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Understanding.Comparison;
using ConvNetShell.Display;

namespace ConvNetShell.Cmdlets.Commands;

/// <summary>Measures whether a network is as sure as it is right: expected calibration error, and confidence and accuracy of each bin of probabilities.</summary>
/// <example><code>Measure-Calibration $run</code></example>
/// <example><code>(Measure-Calibration $run -Bins 10).Bins</code></example>
[Cmdlet(VerbsDiagnostic.Measure, "Calibration")]
[OutputType(typeof(CalibrationReport))]
public sealed class MeasureCalibrationCommand : SplitCommand
{
    /// <summary>Gets or sets the network, the run that trained it, or a preset's name (with untrained weights).</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [NetworkSourceTransform]
    [ArgumentCompleter(typeof(PresetCompleter))]
    public NetworkSource Network { get; set; } = null!;

    /// <summary>Gets or sets the dataset: an object, a known name or a path. Default: the run's own.</summary>
    [Parameter(Position = 1)]
    [DatasetTransform]
    [ArgumentCompleter(typeof(DatasetCompleter))]
    public DatasetSource? Dataset { get; set; }

    /// <summary>Gets or sets the bins of equal width that probabilities fall into. Default: 15.</summary>
    [Parameter]
    [ValidateRange(1, 1000)]
    public int Bins { get; set; } = 15;

    /// <inheritdoc />
    protected override object? Target => Network?.Network;

    /// <inheritdoc />
    protected override void Process()
    {
        (Dataset data, DatasetSplit split) = Data(Dataset, Network);
        WriteObject(CalibrationMeter.Measure(Network.Network, split, data.Name, Bins, Device, Stop));
    }
}
