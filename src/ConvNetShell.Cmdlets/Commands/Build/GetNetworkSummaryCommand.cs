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
/// <example>
/// <code>New-Network -Preset CIFAR10 | Get-NetworkSummary</code>
/// <output>
///    Network: CIFAR10: 3x32x32 -&gt; 10, 22,466 parameters, 3,920,000 MACs
///
///  # Name     Type    Output   Kernel Pad   Params   MACs Fraction Field
///  - ----     ----    ------   ------ ---   ------   ---- -------- -----
///  1 conv1    Conv    16x32x32 5x5    Same   1,216 1.23 M    5.4 %     5
///  2 relu1    ReLU    16x32x32                   0      0    0.0 %     5
///  3 pool1    MaxPool 16x16x16 2x2/2  Valid      0      0    0.0 %     6
///  4 conv2    Conv    20x16x16 5x5    Same   8,020 2.05 M   35.7 %    14
///  5 relu2    ReLU    20x16x16                   0      0    0.0 %    14
///  6 pool2    MaxPool 20x8x8   2x2/2  Valid      0      0    0.0 %    16
///  7 conv3    Conv    20x8x8   5x5    Same  10,020  640 K   44.6 %    32
///  8 relu3    ReLU    20x8x8                     0      0    0.0 %    32
///  9 pool3    MaxPool 20x4x4   2x2/2  Valid      0      0    0.0 %    36
/// 10 fc1      Dense   10                     3,210  3,200   14.3 %    32
/// 11 softmax1 Softmax 10                         0      0    0.0 %    32
/// </output>
/// A row for each layer: output shape, parameters, multiply-adds and receptive field.
/// </example>
/// <example>
/// <code>New-Network LeNet5 | Get-NetworkSummary | Format-Table Name, Output, Formula</code>
/// How the numbers of weights come about.
/// </example>
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
            source => WriteObject(NetworkSummarizer.Summarize(source.Plan, source.Name).Layers, enumerateCollection: true)
        );
}
