using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Recurrent;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Build;

/// <summary>
/// Makes a recurrent layer (RNN, GRU or LSTM) for sequences of features x time. It hands on its last state, or with -Sequence all of them.
/// </summary>
/// <example>
/// <code>New-RecurrentLayer LSTM 32 | New-DenseLayer 6 -Activation Softmax | New-Network -InputShape 1,128</code>
/// <output>
/// Name    Input Output Layers Parameters  MACs Spec
/// ----    ----- ------ ------ ----------  ---- ----
/// Network 1x128 6           3      4,678 541 K lstm32 fc6 softmax
/// </output>
/// </example>
/// <example>
/// <code>New-RecurrentLayer GRU 32 -Sequence -Bidirectional | New-RecurrentLayer GRU 16</code>
/// <output>
/// Kind Name Layer
/// ---- ---- -----
/// gru       gru32-seq-bi
/// gru       gru16
/// </output>
/// Two layers: the first hands on the
/// state of every step.
/// </example>
/// <seealso href="https://arxiv.org/abs/1406.1078">
/// K. Cho et al.: Learning phrase representations using RNN encoder-decoder (GRU), 2014.
/// </seealso>
[Cmdlet(VerbsCommon.New, "RecurrentLayer", HelpUri = ProjectLinks.Help + "New-RecurrentLayer")]
[OutputType(typeof(RecurrentSpec))]
public sealed class NewRecurrentLayerCommand : LayerCommand
{
    /// <summary>Gets or sets the kind of step: RNN, GRU or LSTM.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public RecurrentKind Kind { get; set; }

    /// <summary>Gets or sets the size of the state.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    public int Units { get; set; }

    /// <summary>Gets or sets a value indicating whether the states of all steps come out, as units x time.</summary>
    [Parameter]
    public SwitchParameter Sequence { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether a second layer goes backwards through time; its units come after the first's.
    /// </summary>
    [Parameter]
    public SwitchParameter Bidirectional { get; set; }

    /// <inheritdoc />
    protected override LayerSpec MakeLayer() => new RecurrentSpec(Kind, Units, Sequence, Bidirectional);
}
