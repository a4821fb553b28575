using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Parameters.Completion;
using ConvNetShell.Cmdlets.Parameters.Conversion;
using ConvNetShell.Core.Data.Images;
using ConvNetShell.Core.Errors;
using ConvNetShell.Display.Mime;
using ConvNetShell.Display.Pictures;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Show;

/// <summary>
/// Shows pictures in one grid: samples, image files, filters, feature maps, saliency maps and other objects with pictures. NaN and
/// infinity are drawn in magenta and counted.
/// </summary>
/// <example>
/// <code>Select-Sample CIFAR10 -Count 20 | Show-Image</code>
/// Twenty pictures with their classes.
/// </example>
/// <example><code>Get-Filter $net conv1 | Show-Image -CommonRange</code>One scale of colors for all filters, with its numbers.</example>
/// <example>
/// <code>Get-Filter $net conv1 | Show-Image -CommonRange -PassThru | Export-Figure filters.png</code>
/// The same figure as a file.
/// </example>
/// <example>
/// <code>Show-Image cat.png</code>
/// A picture of the disk.
/// </example>
[Cmdlet(VerbsCommon.Show, "Image", DefaultParameterSetName = PicturesSet, HelpUri = ProjectLinks.Help + "Show-Image")]
[OutputType(typeof(PictureGrid), typeof(string))]
public sealed class ShowImageCommand : ShowCommand
{
    private const string PicturesSet = "Pictures",
        LiteralPathSet = "LiteralPath";
    private readonly List<IPictureSource> pictures = [];

    /// <summary>Gets or sets the pictures: records that have some, or paths of image files (wildcards are allowed).</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = PicturesSet)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ImageCompleter))]
    public object[] InputObject { get; set; } = [];

    /// <summary>Gets or sets image files whose paths are taken as they are: brackets and asterisks are no wildcards.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Gets or sets what stands above the grid. Default: what the pictures say of themselves.</summary>
    [Parameter]
    public string? Title { get; set; }

    /// <summary>Gets or sets the pictures in a row. Default: chosen for the page.</summary>
    [Parameter]
    [ValidateRange(1, 1000)]
    public int? Columns { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether all pictures have one range of numbers and one scale bar; else each has its own.
    /// </summary>
    [Parameter]
    public SwitchParameter CommonRange { get; set; }

    /// <summary>Gets or sets which page is shown of more pictures than one page takes, from 1. Default: 1.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Page { get; set; } = 1;

    /// <inheritdoc />
    private protected override RenderOptions Options => base.Options with { Page = Page };

    /// <inheritdoc />
    protected override void Process()
    {
        foreach (string path in LiteralPath)
        {
            AddFiles(new FilePath(path, IsLiteral: true));
        }
        foreach (object? given in InputObject)
        {
            object? item = Values.Unwrap(given);
            switch (item is null ? null : Rendering.Figures.Requested(item))
            {
                case IPictureSource source:
                    pictures.Add(source);
                    break;
                case not null when FilePath.OfItem(given) is { } file:
                    AddFiles(file);
                    break;
                case string path:
                    AddFiles(new FilePath(path, IsLiteral: false));
                    break;
                default:
                    Attempt(
                        () =>
                            throw new InvalidSettingException(
                                "-InputObject",
                                "pictures, filters, maps, samples or paths of image files",
                                item?.GetType().Name
                            ),
                        item!
                    );
                    break;
            }
        }
    }

    /// <inheritdoc />
    protected override void Finish()
    {
        if (pictures.Count == 0)
        {
            return;
        }
        PictureGrid grid = PictureCollection.Merge(pictures, Title, Columns);
        Show(grid with { CommonRange = CommonRange || grid.CommonRange });
    }

    private void AddFiles(FilePath path)
    {
        foreach (string file in Files(path))
        {
            Stop.ThrowIfCancellationRequested();
            Attempt(() => pictures.Add(ImageSamples.FromFile(file)), file);
        }
    }
}
