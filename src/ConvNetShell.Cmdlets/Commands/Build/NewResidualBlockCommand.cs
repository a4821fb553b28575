using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Parameters.Completion;
using ConvNetShell.Cmdlets.Parameters.Layers;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Activation;
using ConvNetShell.Core.Layers.Blocks;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Build;

/// <summary>Makes a residual block: what its layers make of the input is added to the input (He et al., arXiv 1512.03385).</summary>
/// <example>
/// <code>New-ResidualBlock { New-ConvLayer 16 3 -Padding Same -NoBias | New-NormLayer | New-ActivationLayer ReLU |
///     New-ConvLayer 16 3 -Padding Same -NoBias | New-NormLayer } -Activation ReLU</code>
/// <output>
/// Kind Name Layer
/// ---- ---- -----
/// res       res(conv3x3x16-nobias bn relu conv3x3x16-nobias bn)
/// relu      relu
/// </output>
/// </example>
/// <example>
/// <code>New-ResidualBlock 'conv3x3x32s2 bn relu conv3x3x32 bn' -Shortcut Pad -Activation ReLU</code>
/// <output>
/// Kind Name Layer
/// ---- ---- -----
/// res       respad(conv3x3x32s2 bn relu conv3x3x32 bn)
/// relu      relu
/// </output>
/// Half the size, twice the
/// channels: the shortcut takes every second position and adds channels of zeros.
/// </example>
/// <seealso href="https://arxiv.org/abs/1512.03385">K. He et al.: Deep residual learning for image recognition, 2015.</seealso>
[Cmdlet(VerbsCommon.New, "ResidualBlock", HelpUri = ProjectLinks.Help + "New-ResidualBlock")]
[OutputType(typeof(ResidualSpec), typeof(ActivationSpec))]
public sealed class NewResidualBlockCommand : ActivatedLayerCommand
{
    /// <summary>
    /// Gets or sets the layers of the block: a script block that makes them, layers, or a spec, for example 'conv3x3x16 bn relu'.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0)]
    [LayerListTransform(many: false)]
    [ArgumentCompleter(typeof(SpecCompleter))]
    public LayerList Layer { get; set; } = null!;

    /// <summary>
    /// Gets or sets how the input gets to the end where the layers change the shape: Identity (an error there, the default), Pad (option A,
    /// no parameters) or Projection (option B, a 1x1 convolution).
    /// </summary>
    [Parameter]
    public ShortcutKind Shortcut { get; set; }

    /// <inheritdoc />
    protected override LayerSpec MakeLayer() => new ResidualSpec(Layer.Layers, Shortcut);
}
