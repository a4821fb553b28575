using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Parameters.Completion;
using ConvNetShell.Cmdlets.Parameters.Layers;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Blocks;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Build;

/// <summary>Makes parallel branches: all get the same input, and their outputs are put one after the other by channel, or added.</summary>
/// <example>
/// <code>New-BranchLayer { New-ConvLayer 8 1 }, { New-ConvLayer 8 3 -Padding Same },
///     { New-ConvLayer 8 5 -Padding Same }</code>
/// <output>
/// Kind   Name Layer
/// ----   ---- -----
/// concat      concat(conv1x1x8p0 | conv3x3x8 | conv5x5x8)
/// </output>
/// </example>
/// <example>
/// <code>New-BranchLayer 'conv3x3x8', 'conv1x1x8' -Join Add</code>
/// <output>
/// Kind Name Layer
/// ---- ---- -----
/// add       add(conv3x3x8 | conv1x1x8)
/// </output>
/// </example>
/// <seealso href="https://arxiv.org/abs/1409.4842">C. Szegedy et al.: Going deeper with convolutions, 2014.</seealso>
[Cmdlet(VerbsCommon.New, "BranchLayer", HelpUri = ProjectLinks.Help + "New-BranchLayer")]
[OutputType(typeof(BranchSpec))]
public sealed class NewBranchLayerCommand : LayerCommand
{
    /// <summary>
    /// Gets or sets the branches: script blocks that make layers, or specs, for example 'conv3x3x16 relu'; an empty one is the input
    /// itself.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0)]
    [LayerListTransform(many: true)]
    [ArgumentCompleter(typeof(SpecCompleter))]
    public LayerList[] Branch { get; set; } = [];

    /// <summary>Gets or sets how they come together: Concatenate (the default) or Add.</summary>
    [Parameter]
    public JoinKind Join { get; set; } = JoinKind.Concatenate;

    /// <inheritdoc />
    protected override LayerSpec MakeLayer() => new BranchSpec([.. Branch.Select(branch => branch.Layers)], Join);
}
