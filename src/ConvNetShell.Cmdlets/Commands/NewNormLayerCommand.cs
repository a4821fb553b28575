using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Core.Layers;

namespace ConvNetShell.Cmdlets.Commands;

/// <summary>Makes a batch normalisation layer.</summary>
/// <example><code>New-ConvLayer 16 3 -NoBias | New-NormLayer | New-ActivationLayer ReLU</code></example>
[Cmdlet(VerbsCommon.New, "NormLayer")]
[OutputType(typeof(BatchNormSpec))]
public sealed class NewNormLayerCommand : LayerCommand
{
    /// <inheritdoc />
    protected override LayerSpec MakeLayer() => new BatchNormSpec();
}
