using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Parameters.Completion;
using ConvNetShell.Cmdlets.Parameters.Conversion;
using ConvNetShell.Cmdlets.Parameters.Sources;
using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Inference;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Understanding.Activations;
using ConvNetShell.Display.Records.Data;
using ConvNetShell.Display.Records.Networks;
using ConvNetShell.Display.Records.Understanding;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Show;

/// <summary>
/// Shows a network as blocks: its layers with shapes and parameters. -Image shows a panel of all layers at work on an image: activations,
/// gradients of the most probable class, weights, parameter formulas and the prediction. -Weights shows the panel without an image.
/// </summary>
/// <example>
/// <code>Show-Network $run</code>
/// Its layers as blocks, with shapes and parameters.
/// </example>
/// <example>
/// <code>Show-Network $run -Image (Select-Sample $run -Class cat)</code>
/// All layers at work on one test image: activations, gradients, weights.
/// </example>
/// <example>
/// <code>Show-Network $run -Image cat.png -PassThru | Export-Figure panel.png</code>
/// As a file.
/// </example>
[Cmdlet(VerbsCommon.Show, "Network", DefaultParameterSetName = NetworkSets.First, HelpUri = ProjectLinks.Help + "Show-Network")]
[OutputType(typeof(NetworkPanel), typeof(NetworkSummary), typeof(string))]
public sealed class ShowNetworkCommand : ShowCommand
{
    /// <summary>
    /// Gets or sets the networks, runs, or presets' names (which give untrained weights), as the first argument or by pipe.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NetworkSets.First)]
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = NetworkSets.Piped)]
    [NetworkListTransform(NextArgument.LayerOrImage)]
    [ArgumentCompleter(typeof(PresetCompleter))]
    public NetworkSource[] Network { get; set; } = [];

    /// <summary>
    /// Gets or sets the image to work on: a sample, or the path of a file. Default: none; the layers are shown as blocks.
    /// </summary>
    [Parameter(Position = 1, ParameterSetName = NetworkSets.First)]
    [Parameter(Position = 0, ParameterSetName = NetworkSets.Piped)]
    [ImageTransform]
    [ArgumentCompleter(typeof(ImageCompleter))]
    public object[] Image { get; set; } = [];

    /// <summary>Gets or sets a value indicating whether the weights are drawn where there is no image.</summary>
    [Parameter]
    public SwitchParameter Weights { get; set; }

    /// <summary>Gets or sets the device: auto (the default), cpu, cuda, cuda:1 or mps.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(DeviceCompleter))]
    public string Device { get; set; } = ComputeDevice.Auto;

    /// <inheritdoc />
    private protected override UntrainedWarning Untrained => UntrainedWarning.WhereARunWasTrained;

    /// <inheritdoc />
    protected override void Process() =>
        EachNetwork(
            Network,
            source =>
            {
                if (Image.Length == 0)
                {
                    Show(Weights ? NetworkPanels.Get(source.Network) : NetworkSummarizer.Summarize(source.Plan, source.Name));
                    return;
                }
                Network network = source.Network;
                foreach (object image in Image)
                {
                    Stop.ThrowIfCancellationRequested();
                    if (image is ImageSample sample)
                    {
                        Show(NetworkPanels.Get(network, ImageFit.To(network, sample, true, WriteWarning), Device));
                        continue;
                    }
                    foreach (string file in Files((FilePath)image))
                    {
                        Attempt(() => Show(NetworkPanels.Get(network, ImageFit.Read(network, file, true, WriteWarning), Device)), file);
                    }
                }
            }
        );
}
