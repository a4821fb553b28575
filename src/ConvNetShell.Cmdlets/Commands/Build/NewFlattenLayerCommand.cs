using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Dense;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Build;

/// <summary>Makes a layer that turns maps into one vector. Dense layers do so by themselves.</summary>
/// <example>
/// <code>New-FlattenLayer</code>
/// <output>
/// Kind    Name Layer
/// ----    ---- -----
/// flatten      flatten
/// </output>
/// </example>
/// <example>
/// <code>New-ConvLayer 8 3 | New-FlattenLayer | New-DenseLayer 10</code>
/// <output>
/// Kind    Name Layer
/// ----    ---- -----
/// conv         conv3x3x8p0
/// flatten      flatten
/// fc           fc10
/// </output>
/// Maps become a vector; a dense layer does so by itself, too.
/// </example>
[Cmdlet(VerbsCommon.New, "FlattenLayer", HelpUri = ProjectLinks.Help + "New-FlattenLayer")]
[OutputType(typeof(FlattenSpec))]
public sealed class NewFlattenLayerCommand : LayerCommand
{
    /// <inheritdoc />
    protected override LayerSpec MakeLayer() => new FlattenSpec();
}
