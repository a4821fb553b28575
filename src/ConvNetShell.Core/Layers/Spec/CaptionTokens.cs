using System.Text.RegularExpressions;
using ConvNetShell.Core.Layers.Captions;

namespace ConvNetShell.Core.Layers.Spec;

/// <summary>The word of the decoder of captions: caption128w32t14, caption128w32t14-att.</summary>
internal static partial class CaptionTokens
{
    public static LayerSpec? Read(string token) =>
        Pattern().Match(token) is not { Success: true } match
            ? null
            : new CaptionSpec(
                TokenNumbers.Int(match, "units"),
                TokenNumbers.Int(match, "words"),
                TokenNumbers.Int(match, "longest"),
                TokenNumbers.Has(match, "attention")
            );

    [GeneratedRegex(@"^caption(?<units>[0-9]+)w(?<words>[0-9]+)t(?<longest>[0-9]+)(?<attention>-att)?$")]
    private static partial Regex Pattern();
}
