using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Activation;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Build;

/// <summary>Makes a dropout layer.</summary>
/// <example>
/// <code>New-DropoutLayer 0.25</code>
/// <output>
/// Kind Name Layer
/// ---- ---- -----
/// drop      drop0.25
/// </output>
/// </example>
/// <example>
/// <code>New-DropoutLayer 0.1 -Spatial</code>
/// <output>
/// Kind Name Layer
/// ---- ---- -----
/// drop      spatialdrop0.1
/// </output>
/// </example>
/// <seealso href="https://jmlr.org/papers/v15/srivastava14a.html">
/// N. Srivastava et al.: Dropout, a simple way to prevent neural networks from overfitting, 2014.
/// </seealso>
[Cmdlet(VerbsCommon.New, "DropoutLayer", HelpUri = ProjectLinks.Help + "New-DropoutLayer")]
[OutputType(typeof(DropoutSpec))]
public sealed class NewDropoutLayerCommand : LayerCommand
{
    /// <summary>Gets or sets the probability that a value is dropped in training. Default: 0.5.</summary>
    [Parameter(Position = 0)]
    public double Rate { get; set; } = 0.5;

    /// <summary>
    /// Gets or sets a value indicating whether whole channels are dropped, which suits maps whose neighbors say the same.
    /// </summary>
    [Parameter]
    public SwitchParameter Spatial { get; set; }

    /// <inheritdoc />
    protected override LayerSpec MakeLayer() => new DropoutSpec(Rate, Spatial);
}
