using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Parameters.Completion;
using ConvNetShell.Cmdlets.Parameters.Conversion;
using ConvNetShell.Cmdlets.Parameters.Sources;
using ConvNetShell.Core.Interop;
using ConvNetShell.Core.Interop.Formats;
using ConvNetShell.Core.Networks;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Interop;

/// <summary>
/// Reads a network from a file: .cnsh, .safetensors that Export-Network wrote, .onnx (ours, or PyTorch's), .json of
/// ConvNetJS' net.toJSON(), .js with its layer_defs (new weights), .keras or .h5 of a Keras model without branches, a checkpoint. With
/// -Into the weights of any .safetensors, .pth, .pt or .weights.h5 go into a network that you have; it is changed. Nothing in a file is
/// executed.
/// </summary>
/// <example>
/// <code>$net = Import-Network cifar.cnsh</code>
/// A network with its weights, classes and normalization.
/// </example>
/// <example><code>$net = Import-Network alexnet.pth -Into (New-Network -Preset AlexNet)</code>Weights of another program: they are
/// found by name, by position or by order.</example>
/// <example><code>$net = Import-Network model.onnx</code>What torch.onnx.export wrote for a network of layers that this module has;
/// branches that are added or concatenated become blocks.</example>
/// <example><code>$net = Import-Network demo.js</code>The layer_defs of a ConvNetJS page, saved as a file: the literals are read, no
/// JavaScript runs.</example>
/// <example><code>$net = Import-Network model.keras</code>What model.save("model.keras") wrote. A first Rescaling or Normalization layer
/// becomes the network's normalization; without one, pixels from 0 to 1 go in as they are.</example>
/// <example><code>Import-Network weights.safetensors -Into $net -AllowPartial</code>Takes over what fits, and warns of the rest.</example>
[Cmdlet(VerbsData.Import, "Network", DefaultParameterSetName = PathSet, HelpUri = ProjectLinks.Help + "Import-Network")]
[OutputType(typeof(Network))]
public sealed class ImportNetworkCommand : ConvNetCommand
{
    private const string PathSet = "Path",
        LiteralPathSet = "LiteralPath";

    /// <summary>Gets or sets the files; wildcards are allowed where nothing has that very name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = PathSet)]
    [FilePathTransform]
    [SupportsWildcards]
    public FilePath[] Path { get; set; } = [];

    /// <summary>Gets or sets the files, taken as they are: brackets and asterisks are no wildcards.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Gets or sets the format. Default: the one of the file's ending.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NetworkFormatCompleter))]
    public string? Format { get; set; }

    /// <summary>
    /// Gets or sets the network that takes the weights over: an object, a run, or a preset's name. It is changed and returned. Default:
    /// none; the network is made from the file.
    /// </summary>
    [Parameter]
    [NetworkTransform]
    [ArgumentCompleter(typeof(PresetCompleter))]
    public Network? Into { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether weights that are missing, unexpected or of another shape are left out with a warning.
    /// Without it they are an error, and nothing is changed.
    /// </summary>
    [Parameter]
    public SwitchParameter AllowPartial { get; set; }

    /// <inheritdoc />
    protected override void Process()
    {
        foreach (FilePath path in ParameterSetName == PathSet ? Path : LiteralPath.Select(text => new FilePath(text, IsLiteral: true)))
        {
            foreach (string file in Files(path))
            {
                Attempt(() => WriteObject(Read(file)), file);
            }
        }
    }

    private Network Read(string file) =>
        NetworkFormats
            .ForReading(file, Format)
            .Read(
                file,
                new ImportSettings
                {
                    Into = Into,
                    AllowPartial = AllowPartial,
                    Warn = WriteWarning,
                }
            );
}
