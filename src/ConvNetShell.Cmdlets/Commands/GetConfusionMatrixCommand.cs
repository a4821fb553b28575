using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Parameters;
using ConvNetShell.Cmdlets.Session;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Inference;
using ConvNetShell.Core.Networks;
using ConvNetShell.Display;

namespace ConvNetShell.Cmdlets.Commands;

/// <summary>Counts which classes a network takes for which. Its MostConfused lists the pairs; its Cell gives the images of one, the surest first.</summary>
/// <example><code>(Get-ConfusionMatrix $run).MostConfused | Select-Object -First 5</code></example>
/// <example><code>(Get-ConfusionMatrix $run).Cell('cat', 'dog') | Show-Image</code>The cats that were taken for dogs.</example>
/// <example><code>Get-ConfusionMatrix $run | Export-Figure confusion.html</code></example>
[Cmdlet(VerbsCommon.Get, "ConfusionMatrix")]
[OutputType(typeof(ConfusionMatrix))]
public sealed class GetConfusionMatrixCommand : EvaluationCommand
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

    /// <summary>Gets or sets the split: Train, Validation or Test (the default).</summary>
    [Parameter]
    [ValidateSet("Train", "Validation", "Test")]
    public string Split { get; set; } = "Test";

    /// <inheritdoc />
    protected override object? Target => Network?.Network;

    /// <inheritdoc />
    protected override void Process()
    {
        Dataset data = Dataset is not null ? Resolve(Dataset) : Network.Dataset
            ?? throw new InvalidSettingException("-Dataset", "given for a network that no run of this session trained", null);
        WriteObject(ConfusionMatrices.Get(Network.Network, data, data.Split(Split), Device, Stop));
    }
}
