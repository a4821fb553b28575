using System.Management.Automation;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Activation;

namespace ConvNetShell.Cmdlets.Abstractions;

/// <summary>Base of the cmdlets that make layers: passes on the incoming layers, then emits its own.</summary>
public abstract class LayerCommand : ConvNetCommand
{
    /// <summary>Gets or sets the layers before this one. Default: none, where a chain of layers begins.</summary>
    [Parameter(ValueFromPipeline = true)]
    public LayerSpec? InputObject { get; set; }

    /// <summary>Gets or sets the layer's name; default: its kind and a number, for example conv1.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <inheritdoc />
    protected sealed override void Process()
    {
        if (InputObject is not null)
        {
            WriteObject(InputObject);
        }
    }

    /// <inheritdoc />
    protected sealed override void Finish()
    {
        WriteObject(MakeLayer() with { Name = Name });
        if (FollowingActivation is ActivationKind function)
        {
            WriteObject(new ActivationSpec(function));
        }
    }

    /// <summary>Gets the activation that follows the layer, if any.</summary>
    private protected virtual ActivationKind? FollowingActivation => null;

    /// <summary>Makes the layer.</summary>
    /// <returns>The layer; the base names it.</returns>
    protected abstract LayerSpec MakeLayer();
}
