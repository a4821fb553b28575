using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Parameters.Completion;
using ConvNetShell.Cmdlets.Parameters.Sources;
using ConvNetShell.Core.Interop.NetworkCode;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Interop;

/// <summary>
/// Writes code that builds the same network in another language: PyTorch, Keras, ConvNetJS, TorchSharp, PowerShell, or a spec. The code has
/// the layers, not the weights; PyTorch's and TorchSharp's modules have the layers' names, so that load_state_dict takes the weights that
/// Export-Network writes as .safetensors. A layer that a language does not have is an error.
/// </summary>
/// <example>
/// <code>New-Network CIFAR10 | ConvertTo-NetworkCode PyTorch</code>
/// The lines that build the network in PyTorch.
/// </example>
/// <example>
/// <code>$run | ConvertTo-NetworkCode Keras | Set-Content model.py</code>
/// A file with the network in Keras.
/// </example>
/// <example><code>ConvertTo-NetworkCode PowerShell LeNet5 | Invoke-Expression</code>The layers as cmdlets, and a network made by
/// them.</example>
[Cmdlet(VerbsData.ConvertTo, "NetworkCode", HelpUri = ProjectLinks.Help + "ConvertTo-NetworkCode")]
[OutputType(typeof(string))]
public sealed class ConvertToNetworkCodeCommand : ConvNetCommand
{
    /// <summary>Gets or sets the language: PyTorch, Keras, ConvNetJS, TorchSharp, PowerShell or Spec.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public CodeLanguage Language { get; set; }

    /// <summary>Gets or sets the network, a run, or a preset's name.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [Alias("Network", "Run")]
    [NetworkSourceTransform]
    [ArgumentCompleter(typeof(PresetCompleter))]
    public NetworkSource InputObject { get; set; } = null!;

    /// <inheritdoc />
    protected override object? Target => InputObject.Network;

    /// <inheritdoc />
    protected override void Process() => WriteObject(NetworkCodeWriter.Write(InputObject.Network, Language));
}
