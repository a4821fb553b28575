using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Parameters.Completion;
using ConvNetShell.Cmdlets.Parameters.Conversion;
using ConvNetShell.Core.Presets;
using ConvNetShell.Display.Records.Networks;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Build;

/// <summary>Lists the named networks, with their parameters, input and source.</summary>
/// <example><code>Get-NetworkPreset</code></example>
/// <example><code>Get-NetworkPreset ResNet20 | Format-List</code>All of its layers, and where it comes from.</example>
[Cmdlet(VerbsCommon.Get, "NetworkPreset", HelpUri = ProjectLinks.Help + "Get-NetworkPreset")]
[OutputType(typeof(PresetInfo))]
public sealed class GetNetworkPresetCommand : ConvNetCommand
{
    /// <summary>Gets or sets the names to list; wildcards are allowed. Default: all.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(PresetCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc />
    protected override void Process()
    {
        foreach (
            NetworkPreset preset in NamedItems.Select(
                NetworkPresets.All,
                preset => preset.Name,
                Name,
                missing => Attempt(() => NetworkPresets.Find(missing), missing)
            )
        )
        {
            WriteObject(
                new PresetInfo(preset.Name, preset.ParameterCount, preset.InputShape.ToString(), preset.Dataset, preset.Spec, preset.Source)
            );
        }
    }
}
