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
/// <example>
/// <code>Compare-Sharing CIFAR10</code>
/// <output>
/// Layer Output   Params Unshared  Dense  Ratio   MACs DenseMACs MACRatio
/// ----- ------   ------ --------  -----  -----   ---- --------- --------
/// conv1 16x32x32  1,216   1.25 M 50.3 M 41,405 1.23 M    50.3 M       41
/// conv2 20x16x16  8,020   2.05 M   21 M  2,616 2.05 M      21 M       10
/// conv3 20x8x8   10,020    641 K 1.64 M    164  640 K    1.64 M        3
/// </output>
/// </example>
/// <example>
/// <code>New-ConvLayer 1 '1x2' -NoBias | New-Network -InputShape 1,280,320 | Compare-Sharing | Format-List</code>
/// <output>
/// Layer           : conv1
/// Output          : 1x280x319
/// ConvParameters  : 2
/// LocalParameters : 178640
/// DenseParameters : 8003072000
/// ParameterRatio  : 4001536000
/// ConvMACs        : 178640
/// DenseMACs       : 8003072000
/// MACRatio        : 44800
/// ConvOperations  : 267960
/// NonZeros        : 178640
/// </output>
/// The edge filter
/// of Goodfellow et al., figure 9.6: 267,960 operations instead of a matrix of 8,003,072,000 entries.
/// </example>
/// <seealso href="https://www.deeplearningbook.org/contents/convnets.html">
/// I. Goodfellow, Y. Bengio, A. Courville: Deep Learning, chapter 9.
/// </seealso>
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
                IReadOnlyList<SharingRow> rows = SharingComparison.Compare(source.Plan);
                if (rows.Count == 0)
                {
                    WriteWarning($"{source.Name} has no convolution to compare.");
                }
                WriteObject(rows, enumerateCollection: true);
            }
        );
}
