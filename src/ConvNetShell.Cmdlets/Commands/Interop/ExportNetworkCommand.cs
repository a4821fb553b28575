using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Parameters.Completion;
using ConvNetShell.Cmdlets.Parameters.Sources;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Interop;
using ConvNetShell.Core.Interop.Formats;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Interop;

/// <summary>
/// Writes a network to a file. The ending decides the format: .cnsh has everything (layers, weights, classes, normalization, a summary of
/// the training), .safetensors the weights by PyTorch's names. Import-Network reads both.
/// </summary>
/// <example><code>$run | Export-Network cifar.cnsh</code>The network with the weights of the best epoch.</example>
/// <example><code>Export-Network cifar.safetensors $net -Type Float16</code>Half the size, for other programs.</example>
/// <example><code>Export-Network cifar.safetensors $net -Naming Index -Force</code>Names as PyTorch gives them in nn.Sequential:
/// 0.weight, 3.weight.</example>
[Cmdlet(VerbsData.Export, "Network", SupportsShouldProcess = true, HelpUri = ProjectLinks.Help + "Export-Network")]
[OutputType(typeof(FileInfo))]
public sealed class ExportNetworkCommand : ConvNetCommand
{
    private bool isWritten;

    /// <summary>Gets or sets the file to write.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>Gets or sets the network, a run, or a preset's name (which gives untrained weights).</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [Alias("Network", "Run")]
    [NetworkSourceTransform]
    [ArgumentCompleter(typeof(PresetCompleter))]
    public NetworkSource InputObject { get; set; } = null!;

    /// <summary>Gets or sets the format. Default: the one of the file's ending.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NetworkFormatCompleter))]
    public string? Format { get; set; }

    /// <summary>
    /// Gets or sets the names of weights in .safetensors: Layer (the default) writes conv1.weight, Index 0.weight as nn.Sequential does.
    /// </summary>
    [Parameter]
    public ParameterNaming Naming { get; set; }

    /// <summary>Gets or sets the type of weights in .safetensors: Float32 (the default), Float16 or BFloat16.</summary>
    [Parameter]
    public WeightType Type { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether an .onnx file takes pixels from 0 to 255 and normalizes them itself. Without it the program
    /// does: (pixel / 255 - mean) / standard_deviation, with the numbers of the file's metadata.
    /// </summary>
    [Parameter]
    public SwitchParameter IncludePreprocessing { get; set; }

    /// <summary>Gets or sets a value indicating whether a file that is there already is replaced.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Gets or sets a value indicating whether the file is returned.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc />
    private protected override UntrainedWarning Untrained => UntrainedWarning.WhereARunWasTrained;

    /// <inheritdoc />
    protected override object? Target => Path;

    /// <inheritdoc />
    protected override void Process()
    {
        string path = FullPath(Path);
        INetworkFormat format = NetworkFormats.ForWriting(path, Format);
        if (isWritten)
        {
            throw new InvalidSettingException("-InputObject", "one network a file", InputObject.Network.ToString());
        }
        NetworkFormats.RequireFree(path, Force);
        if (!ShouldProcess(path, $"Write {InputObject} as {format.Name}"))
        {
            return;
        }
        format.Write(
            path,
            InputObject.Network,
            new ExportSettings
            {
                Naming = Naming,
                Type = Type,
                IncludePreprocessing = IncludePreprocessing,
            }
        );
        isWritten = true;
        if (PassThru)
        {
            WriteObject(new FileInfo(path));
        }
    }
}
