using System.Text.RegularExpressions;
using ConvNetShell.Core.Layers.Dense;

namespace ConvNetShell.Core.Layers.Spec;

/// <summary>Words of the fully connected layers: fc10, fc10-nobias.</summary>
internal static partial class DenseWords
{
    public static LayerSpec? Read(string word) =>
        Pattern().Match(word) is { Success: true } match
            ? new DenseSpec(WordNumbers.Int(match, "units"), !WordNumbers.Has(match, "nobias"))
            : null;

    [GeneratedRegex(@"^fc(?<units>[0-9]+)(?<nobias>-nobias)?$")]
    private static partial Regex Pattern();
}
