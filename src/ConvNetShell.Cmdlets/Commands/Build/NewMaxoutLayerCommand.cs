using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Activation;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Build;

/// <summary>Makes a maxout layer: of each group of neighboring channels, or units, it keeps the largest value at each position.</summary>
/// <example>
/// <code>New-DenseLayer 20 | New-MaxoutLayer 2 | New-DenseLayer 10</code>
/// <output>
/// Kind   Name Layer
/// ----   ---- -----
/// fc          fc20
/// maxout      maxout2
/// fc          fc10
/// </output>
/// 20 units become 10.
/// </example>
/// <example>
/// <code>New-ConvLayer 16 3 | New-MaxoutLayer 4</code>
/// <output>
/// Kind   Name Layer
/// ----   ---- -----
/// conv        conv3x3x16p0
/// maxout      maxout4
/// </output>
/// 16 maps become 4.
/// </example>
/// <seealso href="https://arxiv.org/abs/1302.4389">I. Goodfellow et al.: Maxout networks, 2013.</seealso>
[Cmdlet(VerbsCommon.New, "MaxoutLayer", HelpUri = ProjectLinks.Help + "New-MaxoutLayer")]
[OutputType(typeof(MaxoutSpec))]
public sealed class NewMaxoutLayerCommand : LayerCommand
{
    /// <summary>Gets or sets the number of channels in a group; it divides the channels. Default: 2.</summary>
    [Parameter(Position = 0)]
    public int GroupSize { get; set; } = 2;

    /// <inheritdoc />
    protected override LayerSpec MakeLayer() => new MaxoutSpec(GroupSize);
}
