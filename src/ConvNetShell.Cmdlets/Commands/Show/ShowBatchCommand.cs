using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Parameters.Completion;
using ConvNetShell.Cmdlets.Parameters.Sources;
using ConvNetShell.Core.Data.Batches;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Presets;
using ConvNetShell.Display.Pictures;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Show;

/// <summary>
/// Shows a batch as training sees it: images drawn at random, with the dataset's augmentation (or the default of training), and their
/// classes.
/// </summary>
/// <example>
/// <code>Show-Batch CIFAR10</code>
/// The first batch as training sees it.
/// </example>
/// <example><code>Import-Dataset CIFAR10 | Add-Augmentation -Flip -Rotation 15 -Cutout 8 | Show-Batch -SameImage</code>One image, changed
/// anew each time by the augmentation.</example>
[Cmdlet(VerbsCommon.Show, "Batch", HelpUri = ProjectLinks.Help + "Show-Batch")]
[OutputType(typeof(PictureGrid), typeof(string))]
public sealed class ShowBatchCommand : ShowCommand
{
    /// <summary>Gets or sets the dataset: an object, a run, a known name or a path.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [DatasetTransform]
    [ArgumentCompleter(typeof(DatasetCompleter))]
    public DatasetSource Dataset { get; set; } = null!;

    /// <summary>Gets or sets how many images. Default: 32.</summary>
    [Parameter]
    [ValidateRange(1, 1000)]
    public int Count { get; set; } = 32;

    /// <summary>
    /// Gets or sets a value indicating whether one image is shown that often: first as it is, then changed anew each time.
    /// </summary>
    [Parameter]
    public SwitchParameter SameImage { get; set; }

    /// <summary>Gets or sets that image's index in the training split, from 0. Default: one drawn at random.</summary>
    [Parameter]
    public int? Index { get; set; }

    /// <summary>Gets or sets the seed of the draw and of the changes. Default: 0.</summary>
    [Parameter]
    public int Seed { get; set; }

    /// <inheritdoc />
    protected override object? Target => Dataset;

    /// <inheritdoc />
    protected override void Process()
    {
        Dataset data = Resolve(Dataset);
        Show(
            BatchPictures.Get(data, TrainingRecipe.For(null, null, data).Augmentation, Count, Seed, SameImage || Index is not null, Index)
        );
    }
}
