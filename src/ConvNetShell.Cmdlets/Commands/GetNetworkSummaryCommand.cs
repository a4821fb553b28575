using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Parameters;
using ConvNetShell.Core.Networks;
using ConvNetShell.Display;

namespace ConvNetShell.Cmdlets.Commands;

/// <summary>Shows a network layer by layer: output, window, parameters with the formula behind them, multiply-adds. Each row's Summary has the totals.</summary>
/// <example><code>New-Network -Preset CIFAR10 | Get-NetworkSummary</code></example>
[Cmdlet(VerbsCommon.Get, "NetworkSummary")]
[OutputType(typeof(LayerSummary))]
public sealed class GetNetworkSummaryCommand : ConvNetCommand
{
    /// <summary>Gets or sets the network, a run, or a preset's name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [NetworkTransform]
    [ArgumentCompleter(typeof(PresetCompleter))]
    public Network Network { get; set; } = null!;

    /// <inheritdoc />
    protected override object? Target => Network;

    /// <inheritdoc />
    protected override void Process() => WriteObject(NetworkSummarizer.Summarize(Network.Plan, Network.Name).Layers, enumerateCollection: true);
}
