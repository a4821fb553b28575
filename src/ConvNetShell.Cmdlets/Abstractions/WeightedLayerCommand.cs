using System.Management.Automation;
using ConvNetShell.Core.Layers.Initializers;

namespace ConvNetShell.Cmdlets.Abstractions;

/// <summary>Base of the cmdlets that make layers with weights, which an activation may follow.</summary>
public abstract class WeightedLayerCommand : ActivatedLayerCommand
{
    /// <summary>Gets or sets a value indicating whether the biases are left out.</summary>
    [Parameter]
    public SwitchParameter NoBias { get; set; }

    /// <summary>
    /// Gets or sets how the weights start: Auto (what the network says, the default), He, Xavier, Normal, Constant, Dirac,
    /// PartialDirac, or for a first convolution Whitening (by the training images).
    /// </summary>
    [Parameter]
    public InitializerKind Initializer { get; set; }

    /// <summary>
    /// Gets or sets the deviation of Normal (default: 0.01), the value of Constant, or a factor for the other initializers (default: 1).
    /// </summary>
    [Parameter]
    public double? InitialScale { get; set; }

    /// <summary>Gets the user's rule for the weights, or <see langword="null"/>.</summary>
    private protected Initializer? Rule =>
        Initializer == InitializerKind.Auto && InitialScale is null ? null : new Initializer(Initializer, InitialScale);
}
