using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Parameters;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Formats;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Cmdlets.Commands;

/// <summary>
/// Reads a dataset: CIFAR10, CIFAR100, MNIST, FashionMNIST or Shapes by name, or a folder or archive of yours. A known set
/// is looked for in -Path, $env:CONVNETSHELL_DATA, the user's data folder and /usr/share/datasets, and downloaded if it is
/// in none of them. A folder of images holds split/class/* or class/*.
/// </summary>
/// <example><code>$data = Import-Dataset CIFAR10</code></example>
/// <example><code>$data = Import-Dataset ./photos -Resize 3,64,64</code></example>
[Cmdlet(VerbsData.Import, "Dataset")]
[OutputType(typeof(Dataset))]
public sealed class ImportDatasetCommand : DataCommand
{
    /// <summary>Gets or sets the name of a known dataset, or the path of a folder or archive.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName")]
    [ArgumentCompleter(typeof(DatasetCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Gets or sets the only folder or archive in which a known dataset is looked for.</summary>
    [Parameter]
    public string? Path { get; set; }

    /// <summary>Gets or sets the shape that images are stretched to: 3,64,64 or '64x64x3'.</summary>
    [Parameter]
    [ShapeTransform]
    public Shape? Resize { get; set; }

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
        foreach (string name in Name)
        {
            string source = NameOrPath(name);
            string? path = Path is null ? null : FullPath(Path);
            Attempt(() => WriteObject(ReadBeside(options => DatasetReader.Read(source, options with
            {
                Path = path,
                ResizeTo = Resize,
                CoarseLabels = Coarse,
                Seed = Seed,
                Download = !NoDownload,
            }))), name);
        }
    }
}
