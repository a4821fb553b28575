using System.Management.Automation;
using ConvNetShell.Core.Layers;

namespace ConvNetShell.Cmdlets.Abstractions;

/// <summary>Base of the cmdlets that make layers with weights, which an activation may follow.</summary>
public abstract class ActivatedLayerCommand : LayerCommand
{
    /// <summary>Gets or sets the activation that follows, as a layer of its own.</summary>
    [Parameter]
    public ActivationKind? Activation { get; set; }

    /// <summary>Gets or sets a value indicating whether the biases are left out.</summary>
    [Parameter]
    public SwitchParameter NoBias { get; set; }

    private protected sealed override ActivationKind? FollowingActivation => Activation;
}
