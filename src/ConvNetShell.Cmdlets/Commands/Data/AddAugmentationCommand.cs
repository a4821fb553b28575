using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Parameters.Completion;
using ConvNetShell.Cmdlets.Parameters.Sources;
using ConvNetShell.Core.Data.Augmentations;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Data;

/// <summary>
/// Returns a dataset whose training images change at random during training. Each epoch changes each image anew, from the run's seed.
/// Validation and Test images stay as they are. Changes the dataset already had are kept unless a parameter replaces them.
/// </summary>
/// <example><code>$data = Import-Dataset CIFAR10 | Add-Augmentation -AlternatingFlip -Shift 2 -Cutout 8</code></example>
/// <example><code>Import-Dataset ./photos -Resize 3,64,64 | Add-Augmentation -Flip -Rotation 10 -Color 0.2 |
///     Split-Dataset -Validation 0.1</code></example>
[Cmdlet(VerbsCommon.Add, "Augmentation", HelpUri = ProjectLinks.Help + "Add-Augmentation")]
[OutputType(typeof(Dataset))]
public sealed class AddAugmentationCommand : DataCommand
{
    /// <summary>Gets or sets the dataset: an object, a run, a known name or a path.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [DatasetTransform]
    [ArgumentCompleter(typeof(DatasetCompleter))]
    public DatasetSource Dataset { get; set; } = null!;

    /// <summary>Gets or sets a value indicating whether images are mirrored left to right with even odds.</summary>
    [Parameter]
    public SwitchParameter Flip { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether each image is mirrored every other epoch, so that two epochs see both sides of all.
    /// </summary>
    [Parameter]
    public SwitchParameter AlternatingFlip { get; set; }

    /// <summary>Gets or sets the most pixels an image is moved in each direction; what lies beyond the border is mirrored in.</summary>
    [Parameter]
    public int? Shift { get; set; }

    /// <summary>
    /// Gets or sets the smallest fraction of height and width that is cropped at a random position and enlarged, above 0 and at most 1.
    /// </summary>
    [Parameter]
    public double? Crop { get; set; }

    /// <summary>Gets or sets the largest angle in degrees, to either side.</summary>
    [Parameter]
    public double? Rotation { get; set; }

    /// <summary>Gets or sets the largest fraction by which brightness, contrast and saturation change, each on its own.</summary>
    [Parameter]
    public double? Color { get; set; }

    /// <summary>Gets or sets the side in pixels of a square that is made gray at a random position.</summary>
    [Parameter]
    public int? Cutout { get; set; }

    /// <summary>Gets or sets the parameter of the Beta distribution by which two images and their labels are mixed; 0.2 is usual.</summary>
    [Parameter]
    public double? Mixup { get; set; }

    /// <summary>
    /// Gets or sets the parameter of the Beta distribution of the area that a box of another image covers; 1 is usual.
    /// </summary>
    [Parameter]
    public double? CutMix { get; set; }

    /// <inheritdoc />
    protected override object? Target => Dataset;

    /// <inheritdoc />
    protected override void Process()
    {
        Dataset data = Resolve(Dataset);
        Augmentation before = data.Augmentation ?? Augmentation.None;
        Augmentation after = before with
        {
            Flip =
                AlternatingFlip ? FlipKind.Alternating
                : Flip ? FlipKind.Random
                : before.Flip,
            Shift = Shift ?? before.Shift,
            Crop = Crop ?? before.Crop,
            Rotation = Rotation ?? before.Rotation,
            Color = Color ?? before.Color,
            Cutout = Cutout ?? before.Cutout,
            Mixup = Mixup ?? before.Mixup,
            CutMix = CutMix ?? before.CutMix,
        };
        WriteObject(
            data.With(
                after != Augmentation.None || before != Augmentation.None
                    ? after
                    : throw new InvalidSettingException(
                        "Add-Augmentation",
                        "given at least one of -Flip, -AlternatingFlip, -Shift, -Crop, -Rotation, -Color, -Cutout, -Mixup or -CutMix",
                        null
                    )
            )
        );
    }
}
