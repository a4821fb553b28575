using System.Management.Automation;
using ConvNetShell.Core.Layers.Activation;

namespace ConvNetShell.Cmdlets.Abstractions;

/// <summary>Base of the cmdlets that make layers which an activation may follow.</summary>
public abstract class ActivatedLayerCommand : LayerCommand
{
    /// <summary>Gets or sets the activation that follows, as a layer of its own. Default: none.</summary>
    [Parameter]
    public ActivationKind? Activation { get; set; }

    private protected sealed override ActivationKind? FollowingActivation => Activation;
}
