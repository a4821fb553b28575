using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Parameters.Completion;
using ConvNetShell.Cmdlets.Parameters.Sources;
using ConvNetShell.Core.Operators;
using ConvNetShell.Display.Records.Operators;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Operators;

/// <summary>
/// Shows what each convolution of a network saves by shared weights, compared with a locally connected and a fully connected layer of the
/// same size.
/// </summary>
/// <example><code>Compare-Sharing CIFAR10</code></example>
/// <example><code>New-ConvLayer 1 '1x2' -NoBias | New-Network -InputShape 1,280,320 | Compare-Sharing | Format-List</code>The edge filter
/// of Goodfellow et al., figure 9.6: 267,960 operations instead of a matrix of 8,003,072,000 entries.</example>
[Cmdlet(VerbsData.Compare, "Sharing", HelpUri = ProjectLinks.Help + "Compare-Sharing")]
[OutputType(typeof(SharingRow))]
public sealed class CompareSharingCommand : ConvNetCommand
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
            source =>
            {
                IReadOnlyList<SharingRow> rows = SharingComparison.Compare(source.Network.Plan);
                if (rows.Count == 0)
                {
                    WriteWarning($"{source.Network.Name} has no convolution to compare.");
                }
                WriteObject(rows, enumerateCollection: true);
            }
        );
}
