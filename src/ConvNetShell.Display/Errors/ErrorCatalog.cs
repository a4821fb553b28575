namespace ConvNetShell.Display.Errors;

/// <summary>The errors of the module by their ids: what each one means and what to do. Help and error records have it from here.</summary>
public static class ErrorCatalog
{
    private static readonly Dictionary<string, ErrorEntry> ById;

    static ErrorCatalog() => ById = All.ToDictionary(entry => entry.Id, StringComparer.Ordinal);

    /// <summary>Gets all errors, in the order of their ids.</summary>
    public static IReadOnlyList<ErrorEntry> All { get; } =
    [
        new(
            "Checkpoint.Damaged",
            "A checkpoint's bytes differ from its checksum.",
            "Resume from an older checkpoint of the folder, or train again."
        ),
        new("Checkpoint.DataNotFound", "The dataset of the run is not where it was.", "Name it with -Dataset, or set CONVNETSHELL_DATA."),
        new("Checkpoint.NoHashes", "The checkpoint has no hashes of the first steps.", "Leave out -Verify."),
        new(
            "Checkpoint.NotFound",
            "A folder has no complete checkpoint.",
            "Check the path; a run saves its first checkpoint after its first epoch."
        ),
        new("Checkpoint.OtherData", "The dataset is not the one that the run began with.", "Name the run's own dataset with -Dataset."),
        new(
            "Checkpoint.OtherNetwork",
            "The network is not the one that the run began with.",
            "Leave out the network: the checkpoint has it."
        ),
        new("Checkpoint.Unknown", "A file is no checkpoint, or of a later version.", "Check the path, or update the module."),
        new("Checkpoint.Unreadable", "A checkpoint cannot be read.", "Check the permissions of the file."),
        new(
            "Class.Mismatch",
            "The classes of a dataset and a network differ.",
            "Import the dataset that the network was made for, or use -AllowUnknownClasses."
        ),
        new("Class.NotFound", "A dataset has no class of this name.", "See the Classes of the dataset; Tab completes them."),
        new("Data.BadDimensions", "A file's numbers of images, rows or columns are impossible.", "Download or write the file again."),
        new("Data.BadHeader", "The header of a file cannot be understood.", "Download or write the file again."),
        new("Data.BadLabel", "A label is not one of the classes.", "Correct the labels: integers from 0, below the number of classes."),
        new("Data.BadPixels", "Pixels are outside the range of bytes.", "Scale them to 0 to 255, or to 0 to 1."),
        new("Data.BrokenArchive", "An archive ends early or its checksum is wrong.", "Download or pack it again."),
        new("Data.BrokenParquet", "A Parquet file cannot be read.", "Download or write it again."),
        new("Data.BrokenTable", "A table beside images cannot be read.", "Mend the row that the message names."),
        new("Data.CountMismatch", "There are not as many labels or captions as images.", "Use images and labels of the same set."),
        new("Data.DuplicateName", "Two images of an archive have the same name.", "Rename one of them."),
        new("Data.Empty", "A folder or file has no image.", "Check the path: pictures are in class/* or split/class/*."),
        new("Data.Missing", "A file or an image that others name is missing.", "Add it, or correct the name or pattern."),
        new("Data.MissingColumn", "A Parquet file has no column for images or labels.", "Use a file with the columns image and label."),
        new("Data.NoSound", "A film has no sound track, and only the sound counts.", "Use a network that sees, or -Stream Picture."),
        new("Data.NotAFilm", "A file has no moving picture that ffmpeg reads.", "Check the file with ffprobe, or convert it."),
        new("Data.NotAnImage", "A file is no PNG, JPEG, BMP or WebP image.", "Remove or convert it."),
        new("Data.TooLarge", "A file is too large for memory, or announces too much.", "Use -Stream or a smaller -Resize."),
        new("Data.Truncated", "A file ends early.", "Download or copy it again."),
        new("Data.UnequalSize", "Images have different sizes.", "Use -Resize."),
        new(
            "Data.UnknownFormat",
            "The format of a file or folder is not known.",
            "See Get-Help about_ConvNetShell_Datasets for the formats."
        ),
        new("Data.Unreadable", "A file cannot be read.", "Check its permissions and the disk."),
        new("Data.UnsafePath", "A path in an archive leads out of it.", "Do not use this archive, or pack it again."),
        new("Data.UnsafeType", "An array holds Python objects, which can run code.", "Save it with numpy.save(..., allow_pickle=False)."),
        new("Data.WrongDataset", "A folder has another dataset than its name says.", "Name the folder by -LiteralPath, or move it."),
        new("Data.WrongLength", "A file has not the length that its format demands.", "Download or write it again."),
        new("Data.WrongMagic", "A file does not begin as its format demands.", "Check that it is of this format, and unpacked."),
        new("Data.WrongType", "An array has another type of numbers.", "Convert it: bytes or floats for images, integers for labels."),
        new("Dataset.NotFound", "There is no dataset of this name.", "See Get-Dataset; Tab completes the names."),
        new(
            "Dataset.Unavailable",
            "A dataset is not on this machine and cannot be downloaded.",
            "Connect, or run Save-Dataset elsewhere and copy the folder."
        ),
        new(
            "Ffmpeg.Missing",
            "Films are read by ffmpeg and ffprobe, which are not on this machine.",
            "Install ffmpeg, for example by apt install ffmpeg, and put it on the PATH."
        ),
        new("File.NotFound", "A file does not exist.", "Check the path; -LiteralPath takes names with brackets."),
        new(
            "Format.NotFound",
            "There is no file format of this name.",
            "See about_ConvNetShell_Interop, or let the ending of the file choose."
        ),
        new("Kernel.Failed", "The Jupyter kernel does not answer as it should.", "Install it again: Install-ConvNetKernel -Force."),
        new("Kernel.NoEnvironment", "There is no Python environment at this path.", "Name one with -Prefix."),
        new("Kernel.NotFound", "No kernel of this name is installed.", "See jupyter kernelspec list, or run Install-ConvNetKernel."),
        new("Kernel.NotInstalled", "The kernel cannot be written to its folder.", "Use -Scope User, or check the folder's permissions."),
        new("Kernel.NotRemoved", "The kernel cannot be removed.", "Check the permissions of its folder."),
        new("Kernel.NotStarted", "The Jupyter kernel does not start.", "Check the connection file, and that its ports are free."),
        new("Layer.DuplicateName", "Two layers have the same name.", "Give one of them another -Name."),
        new("Layer.Groups", "Groups do not divide the channels or filters.", "Choose numbers that -Groups divides."),
        new("Layer.Join", "The ends of a block have different shapes.", "Use padding Same and equal filters, or -Shortcut Projection."),
        new("Layer.KernelTooLarge", "A window is larger than its input.", "Use a smaller window, padding, or fewer poolings before it."),
        new(
            "Layer.NotFound",
            "A network has no layer of this name.",
            "See Get-NetworkSummary; Tab completes the names, and wildcards are taken."
        ),
        new("Layer.NotSupported", "A layer cannot do this.", "Use another kind of layer here."),
        new("Layer.PaddingTooLarge", "The padding is larger than half the window.", "Use less padding."),
        new("Layer.Syntax", "A word of a spec is no layer.", "See Get-Help about_ConvNetShell_Spec for the words."),
        new("Layer.TooLarge", "A layer needs more memory than there is.", "Use fewer filters or units, or pooling before it."),
        new(
            "Layer.WrongInput",
            "A layer gets an input of the wrong kind or shape.",
            "Put a layer before it that changes the shape, for example flatten."
        ),
        new("Match.NotFound", "A split has no match of this number.", "Use one of the numbers that the message lists, or another -Split."),
        new("Memory.Short", "Something does not fit into the free memory.", "Use a smaller -BatchSize, -Stream, or a smaller network."),
        new("Native.NotLoaded", "libtorch cannot be loaded.", "Build again; about_ConvNetShell_Troubleshooting, AT THE START."),
        new("Network.NonFinite", "A network's outputs are NaN or infinite.", "Train again with a lower -LearningRate or with -ClipNorm."),
        new("NetworkFile.Damaged", "The parts of a file contradict each other.", "Export or download it again."),
        new("NetworkFile.Mismatch", "A file's weights do not fit the network.", "Use -Into with the same layers, or -AllowPartial."),
        new("NetworkFile.NotFound", "The file of a network does not exist.", "Check the path."),
        new("NetworkFile.TooLarge", "A file announces more than it may hold.", "Do not use this file."),
        new("NetworkFile.Truncated", "A file ends early.", "Copy or download it again."),
        new("NetworkFile.Unknown", "The format of a file is not known.", "Use a file that about_ConvNetShell_Interop lists."),
        new("NetworkFile.Unreadable", "A file cannot be read.", "Check its permissions."),
        new("NetworkFile.Unsafe", "A file names code, which is never run.", "Save the weights only: torch.save(model.state_dict(), path)."),
        new(
            "NetworkFile.Unsupported",
            "A file has layers or operators that the module lacks.",
            "Replace them, or import the weights with -Into."
        ),
        new(
            "Notebook.BadParameter",
            "A value for a notebook cannot be written into it.",
            "Use numbers, texts, truth values, lists and tables."
        ),
        new("Notebook.CellFailed", "A cell of a notebook failed.", "Correct the cell that the message names."),
        new("Notebook.NotRead", "A notebook cannot be read.", "Check the path, and that it is nbformat 4."),
        new("Notebook.NotWritten", "A notebook cannot be written.", "Check the folder of -OutputPath."),
        new("Objective.NotFound", "There is no objective of this name.", "Use one of the names that the message lists."),
        new("Parameter.NotFound", "A sweep has no parameter of this name.", "Use one of the names that the message lists."),
        new("Preset.NotFound", "There is no preset of this name.", "See Get-NetworkPreset; Tab completes the names."),
        new("Property.NotFound", "The objects have no property of this name.", "Get-Member shows their properties."),
        new("Run.NoFolder", "There is no folder of runs.", "Check -RunPath."),
        new("Run.NotFound", "There is no run of this name or number.", "See Get-TrainingRun."),
        new("Run.UnderWay", "A run is still training.", "Stop its job first, or wait for it."),
        new("Run.Unreadable", "The files of a kept run cannot be read.", "Remove its folder, or restore run.json."),
        new(
            "Setting.Invalid",
            "A parameter has a value that it cannot have.",
            "See the values in the help, for example Get-Help Start-Training -Parameter Epochs."
        ),
        new(
            "Shape.Mismatch",
            "Shapes do not fit each other.",
            "For images use -Resize or another -InputShape, for classes New-Network -Classes."
        ),
        new("Slurm.Missing", "Slurm's programs are not on this machine.", "Run on a login node, or use -Executor Local."),
        new("Slurm.Refused", "Slurm refused the jobs.", "Correct -Partition, -TimeLimit or -SbatchOption."),
        new("Slurm.Silent", "Slurm does not answer.", "Wait, then Resume-Sweep -Executor Slurm."),
        new("Slurm.WorkerFailed", "Jobs of a sweep ended with an error.", "Read the files in the sweep's folder slurm."),
        new("Storage.Exists", "A file or folder exists already.", "Use -Force, or another path."),
        new("Storage.Full", "The disk is full.", "Free space, then resume."),
        new("Storage.InUse", "Another run or process uses the folder.", "Wait for it, or use another folder."),
        new("Storage.Link", "A link stands where a file is to be written.", "Remove the link."),
        new("Storage.NotEmpty", "A folder has other files.", "Use an empty or new folder."),
        new("Storage.Unwritable", "A file or folder cannot be written.", "Check its permissions, or use another path."),
        new("Sweep.Exists", "The folder has a sweep already.", "Resume-Sweep continues it; else use another folder."),
        new("Sweep.Failed", "More trials failed than -MaxFailures allows.", "See (Get-Sweep PATH).Trials for their errors."),
        new("Sweep.NoFolder", "There is no sweep in this folder.", "Check the path."),
        new("Sweep.Unreadable", "The files of a sweep cannot be read.", "Restore the folder, or start a new sweep."),
        new("Sweep.WorkerFailed", "A worker process of a sweep ended.", "Resume-Sweep continues its trials."),
        new(
            "Torch.Failed",
            "libtorch could not compute something.",
            "Test-Network shows mistakes of the network; report what it does not."
        ),
        new("Training.JobFailed", "A training in the background failed.", "Receive-Job shows its error."),
        new("Training.NonFinite", "The loss became NaN or infinite.", "Lower -LearningRate, set -ClipNorm, or use Find-LearningRate."),
    ];

    /// <summary>Returns what to do about an error.</summary>
    /// <param name="id">Its id, for example <c>Data.Truncated</c>.</param>
    /// <returns>A sentence; empty for an id that is not in the catalog.</returns>
    public static string Advice(string id) => ById.TryGetValue(id, out ErrorEntry? entry) ? entry.Advice : string.Empty;
}
