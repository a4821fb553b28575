using System.Management.Automation;
using ConvNetShell.Cmdlets.Parameters.Conversion;
using ConvNetShell.Core.Presets;

namespace ConvNetShell.Cmdlets.Parameters.Layers;

/// <summary>
/// Leaves a preset's name as the first argument to -Network: <c>Get-Filter CIFAR10 conv1</c>. PowerShell first tries what needs no
/// conversion,
/// and the name is
/// handed on as an object that is no text; after <c>-Layer</c> it becomes text again.
/// </summary>
public sealed class LayerWordTransformAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc />
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        Values.Unwrap(inputData) is string word
        && NetworkPresets.All.Any(preset => preset.Name.Equals(word, StringComparison.OrdinalIgnoreCase))
            ? new PresetWord(word)
            : inputData;

    private sealed class PresetWord(string text)
    {
        public override string ToString() => text;
    }
}
