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
/// the training), .safetensors and .pth the weights by PyTorch's names, .onnx the network for other runtimes (operator set 17, batches of
/// any size, the classes and the normalization as metadata), .json a network of ConvNetJS. Import-Network reads all of them. A layer that
/// a format does not have is an error.
/// </summary>
/// <example><code>$run | Export-Network cifar.cnsh</code>The network with the weights of the best epoch.</example>
/// <example><code>Export-Network cifar.safetensors $net -Type Float16</code>Half the size, for other programs.</example>
/// <example><code>Export-Network cifar.safetensors $net -Naming Index -Force</code>Names as PyTorch gives them in nn.Sequential:
/// 0.weight, 3.weight.</example>
/// <example><code>$run | Export-Network cifar.pth</code>PyTorch reads it: model.load_state_dict(torch.load("cifar.pth")).</example>
/// <example><code>$run | Export-Network cifar.json</code>ConvNetJS reads it: net.fromJSON(JSON.parse(text)).</example>
/// <example><code>
/// $run | Export-Network cats.onnx -IncludePreprocessing
/// @'
/// import json, sys, cv2, onnx
/// model = onnx.load(sys.argv[1])
/// classes = json.loads({entry.key: entry.value for entry in model.metadata_props}["classes"])
/// size = model.graph.input[0].type.tensor_type.shape.dim
/// image = cv2.resize(cv2.imread(sys.argv[2]), (size[3].dim_value, size[2].dim_value))
/// network = cv2.dnn.readNetFromONNX(sys.argv[1])
/// network.setInput(cv2.dnn.blobFromImage(image, swapRB=True))
/// probabilities = network.forward()[0]
/// best = probabilities.argmax()
/// print(classes[best], probabilities[best])
/// '@ | Set-Content predict.py
/// python3 predict.py cats.onnx cat.png
/// </code>Predicts one image with Python's onnx and cv2 (Debian: python3-onnx, python3-opencv) and a network that ends in
/// softmax.</example>
/// <example><code>
/// $run | Export-Network cats.onnx -IncludePreprocessing
/// @'
/// using System; using System.Linq; using System.Text.Json; using SkiaSharp;
/// using Microsoft.ML.OnnxRuntime; using Microsoft.ML.OnnxRuntime.Tensors;
/// using var session = new InferenceSession(args[0]);
/// var classes = JsonSerializer.Deserialize&lt;string[]&gt;(session.ModelMetadata.CustomMetadataMap["classes"])!;
/// int[] size = session.InputMetadata["input"].Dimensions; // any number of images, channels, rows, columns
/// using var image = SKBitmap.Decode(args[1]).Resize(new SKImageInfo(size[3], size[2]), SKSamplingOptions.Default);
/// var pixels = new DenseTensor&lt;float&gt;(new[] { 1, 3, size[2], size[3] });
/// for (int y = 0; y &lt; size[2]; y++) for (int x = 0; x &lt; size[3]; x++)
///     for (int channel = 0; channel &lt; 3; channel++) // red, green, blue
///         pixels[0, channel, y, x] = (byte)((uint)image.GetPixel(x, y) &gt;&gt; (16 - 8 * channel));
/// using var outputs = session.Run(new[] { NamedOnnxValue.CreateFromTensor("input", pixels) });
/// float[] probabilities = outputs[0].AsEnumerable&lt;float&gt;().ToArray();
/// Console.WriteLine(FormattableString.Invariant($"{classes[Array.IndexOf(probabilities, probabilities.Max())]} {probabilities.Max()}"));
/// '@ | Set-Content Program.cs
/// </code>The same in C#, with the packages Microsoft.ML.OnnxRuntime and SkiaSharp.</example>
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
    /// Gets or sets the names of weights in .safetensors and .pth: Layer (the default) writes conv1.weight, Index 0.weight as
    /// nn.Sequential does.
    /// </summary>
    [Parameter]
    public ParameterNaming Naming { get; set; }

    /// <summary>Gets or sets the type of weights in .safetensors and .pth: Float32 (the default), Float16 or BFloat16.</summary>
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
