using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Parameters;
using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Inference;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Understanding.Activations;
using ConvNetShell.Display;

namespace ConvNetShell.Cmdlets.Commands;

/// <summary>
/// Shows a network: its layers with shapes and parameters as blocks; with -Image a panel of all layers at work on it: activations, gradients of the likeliest class, weights,
/// parameter formulas and what the image is taken for; with -Weights the panel without an image.
/// </summary>
/// <example><code>Show-Network $run</code></example>
/// <example><code>Show-Network $run -Image (Select-Sample $run -Class cat)</code></example>
/// <example><code>Show-Network $run -Image cat.png -PassThru | Export-Figure panel.png</code></example>
[Cmdlet(VerbsCommon.Show, "Network")]
[OutputType(typeof(NetworkPanel), typeof(NetworkSummary))]
public sealed class ShowNetworkCommand : ShowCommand
{
    /// <summary>Gets or sets the network, the run that trained it, or a preset's name (with untrained weights).</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [NetworkTransform]
    [ArgumentCompleter(typeof(PresetCompleter))]
    public Network Network { get; set; } = null!;

    /// <summary>Gets or sets the image to work on: a sample, or the path of a file.</summary>
    [Parameter(Position = 1)]
    [ImageTransform]
    public object[] Image { get; set; } = [];

    /// <summary>Gets or sets a value indicating whether the weights are drawn where there is no image.</summary>
    [Parameter]
    public SwitchParameter Weights { get; set; }

    /// <summary>Gets or sets the device: auto (the default), cpu, cuda, cuda:1 or mps.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(DeviceCompleter))]
    public string Device { get; set; } = ComputeDevice.Auto;

    /// <inheritdoc />
    protected override object? Target => Network;

    /// <inheritdoc />
    protected override void Process()
    {
        if (Image.Length == 0)
        {
            Show(Weights ? NetworkPanels.Get(Network) : NetworkSummarizer.Summarize(Network.Plan, Network.Name));
        }
        foreach (object image in Image)
        {
            Stop.ThrowIfCancellationRequested();
            if (image is ImageSample sample)
            {
                Show(NetworkPanels.Get(Network, ImageFit.To(Network, sample, true, WriteWarning), Device));
                continue;
            }
            foreach (string file in Files((string)image))
            {
                Attempt(() => Show(NetworkPanels.Get(Network, ImageFit.Read(Network, file, true, WriteWarning), Device)), file);
            }
        }
    }
}
