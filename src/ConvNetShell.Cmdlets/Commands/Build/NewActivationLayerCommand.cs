using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Activation;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Build;

/// <summary>Makes an activation layer.</summary>
/// <example>
/// <code>New-ActivationLayer ReLU</code>
/// <output>
/// Kind Name Layer
/// ---- ---- -----
/// relu      relu
/// </output>
/// </example>
/// <example>
/// <code>New-ConvLayer 16 3 | New-NormLayer | New-ActivationLayer GELU</code>
/// <output>
/// Kind Name Layer
/// ---- ---- -----
/// conv      conv3x3x16p0
/// bn        bn
/// gelu      gelu
/// </output>
/// An activation behind a normalization.
/// </example>
[Cmdlet(VerbsCommon.New, "ActivationLayer", HelpUri = ProjectLinks.Help + "New-ActivationLayer")]
[OutputType(typeof(ActivationSpec))]
public sealed class NewActivationLayerCommand : LayerCommand
{
    /// <summary>Gets or sets the function.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public ActivationKind Function { get; set; }

    /// <inheritdoc />
    protected override LayerSpec MakeLayer() => new ActivationSpec(Function);
}
