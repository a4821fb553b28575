using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Parameters.Completion;
using ConvNetShell.Cmdlets.Parameters.Conversion;
using ConvNetShell.Core.Presets;
using ConvNetShell.Display.Records.Networks;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Build;

/// <summary>Lists the named networks, with their parameters, input and source.</summary>
/// <example>
/// <code>Get-NetworkPreset</code>
/// <output>
/// Name              Parameters Input     Dataset      Spec
/// ----              ---------- -----     -------      ----
/// CIFAR10               22,466 3x32x32   CIFAR10      conv5x5x16 relu pool2 c…
/// CIFAR10Fast        1,971,640 3x32x32   CIFAR10      conv2x2x24p0 gelu conv3…
/// ResNet20             269,722 3x32x32   CIFAR10      conv3x3x16-nobias bn re…
/// VGG16             14,724,042 3x32x32   CIFAR10      conv3x3x64-nobias bn re…
/// MobileNet          3,217,226 3x32x32   CIFAR10      conv3x3x32-nobias bn re…
/// LeNet5                61,706 1x28x28   FashionMNIST conv5x5x6 relu pool2 co…
/// LeNet5-1998           60,000 1x28x28   FashionMNIST conv5x5x6 scaledtanh su…
/// ConvNetJSMNIST         5,994 1x24x24   MNIST        conv5x5x8 relu pool2 co…
/// AlexNet           61,100,840 3x224x224 Shapes       conv11x11x64s4p2 relu p…
/// AlexNet2012       60,965,224 3x227x227 Shapes       conv11x11x96s4p0 relu l…
/// C3D                   54,870 1x8x24x24 MovingShapes conv3d3x3x3x8 relu pool…
/// Conv1D                 6,022 1x64      Signals      conv1d7x16 relu pool2 c…
/// LSTM                   4,678 1x64      Signals      lstm32 fc6 softmax
/// GRU                    3,558 1x64      Signals      gru32 fc6 softmax
/// FaceNetSmall         355,744 3x32x32   Faces        conv3x3x32-nobias bn re…
/// ShowAndTell          444,928 3x32x32   Scenes       conv3x3x32-nobias bn re…
/// ShowAttendAndTell    486,656 3x32x32   Scenes       conv3x3x32-nobias bn re…
/// TwoStream             96,982 1x8x40x32 Matches      concat(picture24 bn con…
/// PictureStream         78,788 1x8x40x32 Matches      picture24 bn conv3d3x5x…
/// SoundStream           18,196 1x8x40x32 Matches      sound16 bn conv1d32x24s…
/// MLP                  235,146 1x28x28   FashionMNIST fc256 relu fc128 relu f…
/// </output>
/// All named networks, with their parameters and the dataset each one is meant for.
/// </example>
/// <example><code>Get-NetworkPreset ResNet20 | Format-List</code>All of its layers, and where it comes from.</example>
[Cmdlet(VerbsCommon.Get, "NetworkPreset", HelpUri = ProjectLinks.Help + "Get-NetworkPreset")]
[OutputType(typeof(PresetInfo))]
public sealed class GetNetworkPresetCommand : ConvNetCommand
{
    /// <summary>Gets or sets the names to list; wildcards are allowed. Default: all.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(PresetCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc />
    protected override void Process()
    {
        foreach (
            NetworkPreset preset in NamedItems.Select(
                NetworkPresets.All,
                preset => preset.Name,
                Name,
                missing => Attempt(() => NetworkPresets.Find(missing), missing)
            )
        )
        {
            WriteObject(
                new PresetInfo(preset.Name, preset.ParameterCount, preset.InputShape.ToString(), preset.Dataset, preset.Spec, preset.Source)
            );
        }
    }
}
