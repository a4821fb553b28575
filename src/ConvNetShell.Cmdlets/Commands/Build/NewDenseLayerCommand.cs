using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Activation;
using ConvNetShell.Core.Layers.Dense;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Build;

/// <summary>Makes a fully connected layer.</summary>
/// <example>
/// <code>New-DenseLayer 10 -Activation Softmax</code>
/// <output>
/// Kind    Name Layer
/// ----    ---- -----
/// fc           fc10
/// softmax      softmax
/// </output>
/// </example>
/// <example>
/// <code>New-FlattenLayer | New-DenseLayer 64 -Activation ReLU | New-DropoutLayer 0.5 | New-DenseLayer 10</code>
/// <output>
/// Kind    Name Layer
/// ----    ---- -----
/// flatten      flatten
/// fc           fc64
/// relu         relu
/// drop         drop0.5
/// fc           fc10
/// </output>
/// Two layers with dropout between them.
/// </example>
[Cmdlet(VerbsCommon.New, "DenseLayer", HelpUri = ProjectLinks.Help + "New-DenseLayer")]
[OutputType(typeof(DenseSpec), typeof(ActivationSpec))]
public sealed class NewDenseLayerCommand : WeightedLayerCommand
{
    /// <summary>Gets or sets the number of units.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public int Units { get; set; }

    /// <summary>Gets or sets the inputs the layer must get; default: whatever comes.</summary>
    [Parameter]
    public int? Inputs { get; set; }

    /// <inheritdoc />
    protected override LayerSpec MakeLayer() => new DenseSpec(Units, !NoBias, Inputs) { Initializer = Rule };
}
