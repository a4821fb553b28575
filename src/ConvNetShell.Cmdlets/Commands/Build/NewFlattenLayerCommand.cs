using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Dense;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Build;

/// <summary>Makes a layer that turns maps into one vector. Dense layers do so by themselves.</summary>
/// <example><code>New-FlattenLayer</code></example>
[Cmdlet(VerbsCommon.New, "FlattenLayer", HelpUri = ProjectLinks.Help + "New-FlattenLayer")]
[OutputType(typeof(FlattenSpec))]
public sealed class NewFlattenLayerCommand : LayerCommand
{
    /// <inheritdoc />
    protected override LayerSpec MakeLayer() => new FlattenSpec();
}
