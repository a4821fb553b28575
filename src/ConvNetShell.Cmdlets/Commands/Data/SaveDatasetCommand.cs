using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Parameters.Completion;
using ConvNetShell.Cmdlets.Parameters.Sources;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Download;
using ConvNetShell.Core.Data.Formats;
using ConvNetShell.Core.Data.Writers;
using ConvNetShell.Core.Errors;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Data;

/// <summary>
/// Writes a dataset to a folder that Import-Dataset reads back: as PNG files split/class/*, as CIFAR or IDX files, or as NumPy's arrays
/// (dataset.npz).
/// Without -Path a known dataset is downloaded into the user's data folder, if it is not on this machine, and kept as published.
/// </summary>
/// <example>
/// <code>Save-Dataset CIFAR10</code>
/// Downloads CIFAR-10 (170 MB) into the user's data folder and verifies it.
/// </example>
/// <example>
/// <code>Import-Dataset Shapes | Save-Dataset -Path ./shapes</code>
/// A folder train|test/class of PNG files.
/// </example>
/// <example>
/// <code>Save-Dataset CIFAR10 -Path ./cifar -Format Cifar</code>
/// The binary files of CIFAR-10.
/// </example>
/// <example><code>Save-Dataset Shapes -Path ./arrays -Format Npz</code>For numpy.load('arrays/dataset.npz').</example>
[Cmdlet(VerbsData.Save, "Dataset", SupportsShouldProcess = true, HelpUri = ProjectLinks.Help + "Save-Dataset")]
[OutputType(typeof(DirectoryInfo))]
public sealed class SaveDatasetCommand : DataCommand
{
    /// <summary>Gets or sets the dataset: an object, a known name (which may be downloaded first) or a path.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [DatasetTransform]
    [ArgumentCompleter(typeof(DatasetCompleter))]
    public DatasetSource Dataset { get; set; } = null!;

    /// <summary>Gets or sets the folder to make. Default: the user's data folder, for a known dataset.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>
    /// Gets or sets the format: Png (the default), Cifar, Idx or Npz. Npz takes clips too. Png and Npz keep attributes and captions, Png
    /// in the metadata.jsonl of each split.
    /// </summary>
    [Parameter]
    public DatasetFileFormat Format { get; set; }

    /// <summary>Gets or sets a value indicating whether a dataset that is there already is replaced.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc />
    protected override object? Target => Path;

    /// <inheritdoc />
    protected override void Process()
    {
        if (Path is null)
        {
            Download();
            return;
        }
        string folder = FullPath(Path);
        if (!ShouldProcess(folder, $"Write {Dataset} as {Format}"))
        {
            return;
        }
        Dataset data = Resolve(Dataset);
        WriteObject(
            ReadBeside(options =>
            {
                DatasetWriter.Write(data, folder, Format, Force, options.Progress, options.Cancellation);
                return new DirectoryInfo(folder);
            })
        );
    }

    private void Download()
    {
        KnownDataset known = KnownDatasets.Find(Dataset.ToString()) is { IsGenerated: false } published
            ? published
            : throw new InvalidSettingException("-Path", "given for a dataset that is not a published one", null);
        if (ShouldProcess(known.Name, "Download"))
        {
            WriteObject(new DirectoryInfo(ReadBeside(options => DatasetReader.Locate(known, options))));
        }
    }
}
