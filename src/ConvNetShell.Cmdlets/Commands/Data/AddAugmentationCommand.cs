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
/// <example>
/// <code>$data = Import-Dataset CIFAR10 | Add-Augmentation -AlternatingFlip -Shift 2 -Cutout 8</code>
/// Each training image is mirrored every second epoch, moved by up to 2 pixels, and loses a square of 8 x 8.
/// </example>
/// <example>
/// <code>Import-Dataset ./photos -Resize 3,64,64 | Add-Augmentation -Flip -Rotation 10 -Color 0.2 |
///     Split-Dataset -Validation 0.1</code>
/// Your own pictures, mirrored, turned by up to 10 degrees and changed in color while training; validation images stay as they are.
/// </example>
/// <seealso href="https://arxiv.org/abs/1708.04552">
/// T. DeVries and G. Taylor: Improved regularization of convolutional neural networks with cutout, 2017.
/// </seealso>
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

    /// <summary>
    /// Gets or sets the most pixels an image is moved in each direction; what lies beyond the border is mirrored in. Default: none.
    /// </summary>
    [Parameter]
    public int? Shift { get; set; }

    /// <summary>
    /// Gets or sets the smallest fraction of height and width that is cropped at a random position and enlarged, above 0 and at most 1.
    /// Default: none.
    /// </summary>
    [Parameter]
    public double? Crop { get; set; }

    /// <summary>Gets or sets the largest angle in degrees, to either side. Default: none.</summary>
    [Parameter]
    public double? Rotation { get; set; }

    /// <summary>
    /// Gets or sets the largest fraction by which brightness, contrast and saturation change, each on its own. Default: none.
    /// </summary>
    [Parameter]
    public double? Color { get; set; }

    /// <summary>Gets or sets the side in pixels of a square that is made gray at a random position. Default: none.</summary>
    [Parameter]
    public int? Cutout { get; set; }

    /// <summary>
    /// Gets or sets the parameter of the Beta distribution by which two images and their labels are mixed; 0.2 is usual. Default: none.
    /// </summary>
    [Parameter]
    public double? Mixup { get; set; }

    /// <summary>
    /// Gets or sets the parameter of the Beta distribution of the area that a box of another image covers; 1 is usual. Default: none.
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
