using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Parameters.Completion;
using ConvNetShell.Cmdlets.Parameters.Sources;
using ConvNetShell.Core.Networks;
using ConvNetShell.Display.Records.Networks;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Build;

/// <summary>
/// Shows a network layer by layer: output, window, parameters with the formula behind them, multiply-adds. Each row's Summary has the
/// totals.
/// </summary>
/// <example><code>New-Network -Preset CIFAR10 | Get-NetworkSummary</code></example>
[Cmdlet(VerbsCommon.Get, "NetworkSummary", HelpUri = ProjectLinks.Help + "Get-NetworkSummary")]
[OutputType(typeof(LayerSummary))]
public sealed class GetNetworkSummaryCommand : ConvNetCommand
{
    /// <summary>
    /// Gets or sets the networks, runs, or presets' names (which give untrained weights), as the first argument or by pipe.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [NetworkListTransform]
    [ArgumentCompleter(typeof(PresetCompleter))]
    public NetworkSource[] Network { get; set; } = [];

    /// <inheritdoc />
    protected override void Process() =>
        EachNetwork(
            Network,
            source => WriteObject(NetworkSummarizer.Summarize(source.Network.Plan, source.Network.Name).Layers, enumerateCollection: true)
        );
}
