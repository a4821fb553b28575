using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Parameters.Completion;
using ConvNetShell.Cmdlets.Parameters.Conversion;
using ConvNetShell.Cmdlets.Parameters.Sources;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Formats;
using ConvNetShell.Core.Data.Images;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Data;

/// <summary>
/// Reads a dataset: CIFAR10, CIFAR100, MNIST, FashionMNIST or Shapes by name, or your own folder or archive. A known set is searched in
/// -Path, $env:CONVNETSHELL_DATA, the user's data folder and /usr/share/datasets, and downloaded if none of them has it. A folder of
/// images holds split/class/* or class/*; a metadata.csv, metadata.jsonl or captions.txt beside them has their captions and attributes.
/// Also read are NumPy's .npz and .npy, WebDataset's .tar archives (a pattern as train-{000000..000009}.tar names several), Parquet files
/// of Hugging Face, and ConvNetJS's image strips.
/// An item of the file system (Get-Item, Get-ChildItem) always means that folder or archive, whatever its name. With -Stream the images
/// stay on disk: a dataset larger than memory trains, is measured, split and saved as one in memory.
/// </summary>
/// <example>
/// <code>$data = Import-Dataset CIFAR10</code>
/// The images of CIFAR-10, downloaded once if they are on no disk.
/// </example>
/// <example>
/// <code>$data = Import-Dataset ./photos -Resize 3,64,64</code>
/// A folder of pictures: each sub-folder is a class.
/// </example>
/// <example><code>Import-Dataset ./album -Resize 3,32,32</code>Pictures with captions: album/captions.txt has the columns image and
/// caption.</example>
/// <example><code>$data = Import-Dataset ./million -Stream -Resize 3,64,64</code>Decoded in training, three batches ahead.</example>
/// <example><code>$data = Import-Dataset './shards/train-{000000..000099}.tar' -Stream</code>WebDataset's archives.</example>
/// <example><code>Get-Item ./shapes | Import-Dataset</code>The folder, not the generated Shapes.</example>
[Cmdlet(VerbsData.Import, "Dataset", DefaultParameterSetName = NameSet, HelpUri = ProjectLinks.Help + "Import-Dataset")]
[OutputType(typeof(Dataset))]
public sealed class ImportDatasetCommand : DataCommand
{
    private const string NameSet = "Name",
        LiteralPathSet = "LiteralPath";

    /// <summary>
    /// Gets or sets the name of a known dataset, or the path of a folder or archive; wildcards are allowed where nothing has that very
    /// name.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = NameSet)]
    [Alias("FullName")]
    [DatasetTransform]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(DatasetCompleter))]
    public DatasetSource[] Name { get; set; } = [];

    /// <summary>
    /// Gets or sets the path of a folder or archive, taken as it is: brackets and asterisks are no wildcards, and Shapes is a folder of
    /// that name.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>
    /// Gets or sets the only folder or archive in which a known dataset is looked for. Default: the folders that
    /// about_ConvNetShell_Datasets lists.
    /// </summary>
    [Parameter]
    public string? Path { get; set; }

    /// <summary>
    /// Gets or sets the shape that images of any format are resized to, antialiased: 3,64,64 or '64x64x3'. Default: the shape of the
    /// images.
    /// </summary>
    [Parameter]
    [ShapeTransform]
    public Shape? Resize { get; set; }

    /// <summary>
    /// Gets or sets how -Resize treats images of other proportions: Stretch (the default) changes them, Crop cuts the middle out, Pad adds
    /// black bars.
    /// </summary>
    [Parameter]
    public FitKind Fit { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether the images stay on disk and are decoded, on threads of their own, when they are needed. At
    /// most three batches are in memory. Every epoch is shuffled: a folder as a whole, shards by shards and a window of 8,192 images. The
    /// normalization is measured on at most 10,000 images, evenly spaced. An image that cannot be decoded, or has another size, is an error
    /// where it is needed; without -Stream it is skipped with a warning.
    /// </summary>
    [Parameter]
    public SwitchParameter Stream { get; set; }

    /// <summary>Gets or sets how many threads decode the images with -Stream. Default: one a processor; -Verbose names them.</summary>
    [Parameter]
    [ValidateRange(1, 1024)]
    public int DecodeThreads { get; set; } = Environment.ProcessorCount;

    /// <summary>Gets or sets a value indicating whether CIFAR-100 is read with its 20 coarse classes.</summary>
    [Parameter]
    public SwitchParameter Coarse { get; set; }

    /// <summary>Gets or sets the seed of a generated dataset. Default: 0.</summary>
    [Parameter]
    public int Seed { get; set; }

    /// <summary>Gets or sets a value indicating whether nothing is downloaded.</summary>
    [Parameter]
    public SwitchParameter NoDownload { get; set; }

    /// <inheritdoc />
    protected override object? Target => Name;

    /// <inheritdoc />
    protected override void Process()
    {
        string? path = Path is null ? null : FullPath(Path);
        IEnumerable<DatasetSource> sources =
            ParameterSetName == NameSet ? Name : LiteralPath.Select(text => new DatasetSource(null, text) { IsLiteral = true });
        foreach (DatasetSource source in sources)
        {
            if (source.Value is not null)
            {
                WriteObject(source.Value);
                continue;
            }
            foreach (string name in Places(source))
            {
                Attempt(
                    () =>
                        WriteObject(
                            ReadBeside(options =>
                                DatasetReader.Read(
                                    name,
                                    options with
                                    {
                                        Path = path,
                                        ResizeTo = Resize,
                                        Fit = Fit,
                                        Stream = Stream,
                                        DecodeThreads = DecodeThreads,
                                        CoarseLabels = Coarse,
                                        Seed = Seed,
                                        Download = !NoDownload,
                                    }
                                )
                            )
                        ),
                    name
                );
            }
        }
    }
}
