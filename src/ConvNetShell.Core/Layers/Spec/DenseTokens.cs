using System.Text.RegularExpressions;
using ConvNetShell.Core.Layers.Dense;

namespace ConvNetShell.Core.Layers.Spec;

/// <summary>Words of the fully connected layers: fc10, fc10-nobias.</summary>
internal static partial class DenseTokens
{
    public static LayerSpec? Read(string token) =>
        Pattern().Match(token) is { Success: true } match
            ? new DenseSpec(TokenNumbers.Int(match, "units"), !TokenNumbers.Has(match, "nobias"))
            : null;

    [GeneratedRegex(@"^fc(?<units>[0-9]+)(?<nobias>-nobias)?$")]
    private static partial Regex Pattern();
}
